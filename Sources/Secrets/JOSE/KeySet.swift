import Coding

/// The public keys that tokens are verified with, by id: our own, or those that an identity provider
/// publishes (RFC 7517 §5).
package struct KeySet: Sendable {
    /// Keys that are read of one document. Providers publish two or three.
    package static let maximumCount = 100

    package let keys: [VerifyingKey]

    package init(_ keys: [VerifyingKey]) {
        self.keys = keys
    }

    /// The keys of a JWK Set that can be used here; others are left out, as the RFC wants it. Nil when
    /// it is no such set.
    package init?(jwks: JSON) {
        guard let list = jwks["keys"]?.asList else { return nil }
        keys = list.prefix(Self.maximumCount).compactMap { try? VerifyingKey(jwk: $0) }
    }

    package var jwks: JSON {
        ["keys": .list(keys.map(\.jwk))]
    }

    /// The key of that id. A token without one may be verified only where there is no choice.
    func find(_ id: String?) -> VerifyingKey? {
        guard let id else { return keys.count == 1 ? keys[0] : nil }
        return keys.first { $0.id == id }
    }
}

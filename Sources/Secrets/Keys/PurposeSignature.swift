import Values

/// Signs texts for one purpose, and knows what it has signed: links and keys that are kept nowhere.
///
/// Its keys are made of the signing secrets under a label of the purpose's own, so that what is signed for
/// one is nothing to another. The newest secret signs; what any of them has signed is good.
package struct PurposeSignature: Sendable {
    private let newest: Secret<[UInt8]>
    private let all: [Secret<[UInt8]>]

    /// A label never changes.
    package init(_ secrets: SigningSecrets, label: StaticString) {
        func key(of secret: Secret<[UInt8]>) -> Secret<[UInt8]> {
            Secret(HKDF.sha256(secret.exposed, info: "\(label)", count: Digest.count))
        }
        newest = key(of: secrets.current)
        all = secrets.all.map(key)
    }

    /// 43 characters of base64url.
    package func of(_ text: String) -> String { Self.signature(of: text, newest) }

    package func isGood(_ signature: String, of text: String) -> Bool {
        all.contains { constantTimeEquals(Self.signature(of: text, $0), signature) }
    }

    private static func signature(of text: String, _ key: Secret<[UInt8]>) -> String {
        HMAC.sha256(text, key: key.exposed).base64URL
    }
}

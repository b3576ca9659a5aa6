import Coding
import Values

/// A value that carries its own signature, as better-auth signs cookies: `value.signature`, where the
/// signature is the HMAC-SHA-256 of the value in base64 with padding, 44 characters. A cookie has it
/// percent-encoded; that is the cookie's business.
package enum SignedValue {
    package static func sign(_ value: String, with secrets: SigningSecrets) -> String {
        value + "." + signature(of: value, secrets.current)
    }

    /// The value without its signature; nil unless one of the secrets made it.
    package static func verify(_ signed: String, with secrets: SigningSecrets) -> String? {
        guard let dot = signed.utf8.lastIndex(of: UInt8(ascii: ".")) else { return nil }
        let value = String(signed[..<dot])
        let given = signed[signed.utf8.index(after: dot)...]
        guard given.utf8.count == signatureCount else { return nil }
        let isSigned = secrets.all.contains { secret in
            constantTimeEquals(signature(of: value, secret), given)
        }
        return isSigned ? value : nil
    }

    private static let signatureCount = 44

    private static func signature(of value: String, _ secret: Secret<[UInt8]>) -> String {
        HMAC.sha256(value, key: secret.exposed).withUnsafeBytes { Base64.encode(bytes: $0) }
    }
}

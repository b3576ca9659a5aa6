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
        var signed = signed
        return signed.withUTF8 { verify($0, with: secrets) }
    }

    package static func verify(
        _ signed: UnsafeBufferPointer<UInt8>, with secrets: SigningSecrets
    ) -> String? {
        guard let dot = signed.lastIndex(of: UInt8(ascii: ".")),
            signed.count - dot - 1 == signatureCount
        else { return nil }
        let value = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(signed)[..<dot])
        let given = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(signed)[(dot + 1)...])
        for secret in secrets.all where constantTimeEquals(signature(of: value, secret), given) {
            return String(decoding: signed[..<dot], as: UTF8.self)
        }
        return nil
    }

    private static let signatureCount = 44

    private static func signature(of value: String, _ secret: Secret<[UInt8]>) -> String {
        value.withContiguousBytes { signature(of: $0, secret) }
    }

    private static func signature(
        of value: UnsafeRawBufferPointer, _ secret: Secret<[UInt8]>
    ) -> String {
        secret.exposed.withUnsafeBytes { HMAC.sha256(value, key: $0) }
            .withUnsafeBytes { Base64.encode(bytes: $0) }
    }
}

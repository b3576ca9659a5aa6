import Coding
import Secrets
import Values

/// A secret that signs, at least 32 characters long.
package struct SigningSecret: SecretValue {
    package static let lengthMin = 32

    package let secret: Secret<String>

    package init(_ text: String) throws(Invalid) {
        guard text.count >= Self.lengthMin else { throw .tooShort(min: Self.lengthMin) }
        secret = Secret(text)
    }

    private init(standIn text: String) { secret = Secret(text) }

    package static var example: SigningSecret {
        SigningSecret(standIn: String(repeating: "x", count: lengthMin))
    }
}

/// A key that encrypts at rest, with its id: `2:` and 32 bytes in base64.
package struct EncryptionKey: SecretValue {
    package let secret: Secret<String>

    package init(_ text: String) throws(Invalid) {
        do {
            _ = try Keyring(list: Secret(text), randomness: .system)
        } catch {
            throw .rule("settings.encryptionKey")
        }
        secret = Secret(text)
    }

    private init(standIn text: String) { secret = Secret(text) }

    package static var example: EncryptionKey {
        EncryptionKey(standIn: "1:" + Base64.encode([UInt8](repeating: 1, count: 32)))
    }
}

/// A token that opens something to a machine.
package struct AccessSecret: SecretValue {
    package static let lengthMin = 16

    package let secret: Secret<String>

    package init(_ text: String) throws(Invalid) {
        guard text.count >= Self.lengthMin else { throw .tooShort(min: Self.lengthMin) }
        secret = Secret(text)
    }

    private init(standIn text: String) { secret = Secret(text) }

    package static var example: AccessSecret {
        AccessSecret(standIn: String(repeating: "x", count: lengthMin))
    }
}

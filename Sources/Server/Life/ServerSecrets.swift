import Secrets
import Values

/// The secrets of a running server, given or made.
struct ServerSecrets: Sendable {
    let signing: SigningSecrets
    let keyring: Keyring

    /// Secrets that are not given are made once and kept in `<data>/secrets`: only in `dev`, since
    /// settings without them are refused in `prod`.
    init(_ settings: Settings, _ randomness: Randomness) throws(StartFailure) {
        let kept = SecretsFile(
            directory: settings.data.file(Self.directoryName), randomness: randomness)
        signing = try Self.signing(settings.secrets, kept)
        keyring = try Self.keyring(settings.secrets, kept, randomness)
    }

    static let directoryName = "secrets"

    private static func signing(
        _ settings: SecretSettings, _ kept: SecretsFile
    ) throws(StartFailure) -> SigningSecrets {
        let given = settings.signing.map(\.secret)
        if let current = given.first {
            return SigningSecrets(current, previous: Array(given.dropFirst()))
        }
        return SigningSecrets(try find("signing", kept))
    }

    private static func keyring(
        _ settings: SecretSettings, _ kept: SecretsFile, _ randomness: Randomness
    ) throws(StartFailure) -> Keyring {
        do {
            let given = settings.encryption.map(\.secret.exposed)
            if given.isEmpty {
                return try Keyring(key: try find("encryption", kept), randomness: randomness)
            }
            return try Keyring(
                list: Secret(given.joined(separator: ",")), randomness: randomness)
        } catch let error as StartFailure {
            throw error
        } catch {
            throw StartFailure("The encryption keys cannot be used: \(error).")
        }
    }

    private static func find(
        _ name: String, _ kept: SecretsFile
    ) throws(StartFailure) -> Secret<String> {
        do {
            return try kept.findOrMake(name)
        } catch {
            throw StartFailure("\(error).")
        }
    }
}

import Coding
import Values

/// The `secrets` section. In `prod` both must be given; in `dev` what is missing is made once and
/// kept in the data directory.
package struct SecretSettings: Codable, Sendable {
    /// What session cookies are signed with, at least 32 characters each. The first signs, all
    /// verify, so that a new one can be put in front.
    package var signing: [SigningSecret] = []
    /// Keys of 32 bytes, in base64, that encrypt what is kept at rest, each as `ID:KEY`. The first
    /// encrypts, all decrypt.
    package var encryption: [EncryptionKey] = []

    init() {}
}

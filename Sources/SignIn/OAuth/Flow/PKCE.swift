import Secrets
import Values

/// Proof that whoever exchanges a code is who asked for it (RFC 7636), by S256 and nothing weaker.
enum PKCE {
    /// Between 43 and 128 characters (§4.1).
    static let verifierLength = 64

    static func makeVerifier(from randomness: Randomness) -> String {
        RandomToken.make(verifierLength, of: .base64URL, from: randomness)
    }

    static func challenge(of verifier: String) -> String {
        SHA256.digest(of: verifier).base64URL
    }
}

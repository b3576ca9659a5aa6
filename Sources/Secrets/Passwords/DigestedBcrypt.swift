import Coding
import Values

/// bcrypt of a password that bcrypt alone would cut short: over 72 bytes, or with a NUL in it. Its
/// SHA-256 in base64, 44 characters, is hashed instead, and the prefix tells so (C12).
enum DigestedBcrypt {
    private static let prefix = "$sha256-bcrypt$"

    static func hash(_ password: String, cost: Int, _ randomness: Randomness) -> String? {
        Bcrypt.hash(digest(of: password), cost: cost, randomness).map { prefix + $0 }
    }

    static func verify(_ password: String, against hash: String) -> Bool {
        Bcrypt.verify(digest(of: password), against: String(hash.dropFirst(prefix.count)))
    }

    static func cost(of hash: String) -> Int? {
        hash.hasPrefix(prefix) ? Bcrypt.cost(of: String(hash.dropFirst(prefix.count))) : nil
    }

    private static func digest(of password: String) -> String {
        Base64.encode(SHA256.digest(of: password).bytes)
    }
}

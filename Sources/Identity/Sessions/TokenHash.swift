import SQL
import Secrets

/// What the database knows of a token: its SHA-256. Tokens have at least 128 random bits, so nothing
/// slower is needed.
package struct TokenHash: SQLValue, Hashable {
    package let digest: Digest

    package init(of token: String) {
        digest = SHA256.digest(of: token)
    }

    package static var sqlType: SQLType { Digest.sqlType }
    package static var sqlExample: (any SQLValue)? { Digest.sqlExample }

    package func bind(to target: any BindTarget) { digest.bind(to: target) }

    package static func read(
        from source: any RowSource, at column: Int
    ) throws(DatabaseError) -> TokenHash {
        TokenHash(try Digest.read(from: source, at: column))
    }

    init(_ digest: Digest) {
        self.digest = digest
    }
}

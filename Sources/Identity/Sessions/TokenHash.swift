import SQL
import Secrets

/// What the database knows of a token: its SHA-256. Tokens have at least 128 random bits, so nothing
/// slower is needed.
package struct TokenHash: SQLValue, Hashable {
    package let digest: Digest

    package init(of token: String) {
        digest = SHA256.digest(of: token)
    }

    package static var sqlType: SQLType { .bytes }
    package static var sqlExample: (any SQLValue)? { [UInt8](repeating: 0, count: Digest.count) }

    package func bind(to target: any BindTarget) {
        digest.withUnsafeBytes { target.bytes($0) }
    }

    package static func read(
        from source: any RowSource, at column: Int
    ) throws(DatabaseError) -> TokenHash {
        try source.requireValue(column)
        guard let digest = Digest(try source.raw(column, as: .bytes)) else {
            throw DatabaseError(.decoding, "column \(column) is no SHA-256")
        }
        return TokenHash(digest)
    }

    init(_ digest: Digest) {
        self.digest = digest
    }
}

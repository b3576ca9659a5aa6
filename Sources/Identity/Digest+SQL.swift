import SQL
import Secrets

/// A SHA-256, kept as its bytes.
extension Digest: SQLValue {
    package static var sqlType: SQLType { .bytes }
    package static var sqlExample: (any SQLValue)? { [UInt8](repeating: 0, count: count) }

    package func bind(to target: any BindTarget) {
        withUnsafeBytes { target.bytes($0) }
    }

    package static func read(
        from source: any RowSource, at column: Int
    ) throws(DatabaseError) -> Digest {
        try source.requireValue(column)
        guard let digest = Digest(try source.raw(column, as: .bytes)) else {
            throw DatabaseError(.decoding, "column \(column) is no SHA-256")
        }
        return digest
    }
}

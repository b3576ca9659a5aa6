import HTTP
import Secrets

/// The entity tag of a row as it is answered: its version, and behind it what tells the whole answer
/// apart where rows of other resources are in it.
enum RowTag {
    /// Microseconds of the last change.
    static func version(of row: ResourceRow) -> String { "\(row.updatedAt.microseconds)" }

    static func tag(of row: ResourceRow) -> ETag { ETag(version(of: row)) }

    static func tag(of row: ResourceRow, in body: [UInt8]) -> ETag {
        let digest = SHA256.digest(of: body).hexadecimal.prefix(16)
        return ETag("\(version(of: row))-\(digest)")
    }
}

import Identity
import SQL
import Secrets
import Values

/// A file that is on the disk. A row in `files`.
package struct StoredFile: Sendable, RowDecodable {
    package let id: ID<StoredFile>
    package let owner: ID<User>
    /// What uses it: an app, or `user` for a file that its owner keeps as it is. Nil while it waits.
    package let holder: String?
    /// What its sender calls it, cleaned.
    package let name: String
    /// What its bytes say that it is.
    package let kind: MediaKind
    package let bytes: Int
    /// The SHA-256 of its bytes.
    package let digest: Digest
    package let createdAt: Instant

    /// The holder of what users keep at `/api/v1/files`.
    static let heldByUser = "user"

    package init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        owner = try row.next()
        holder = try row.next()
        name = try row.next()
        kind = try row.next()
        bytes = try row.next()
        digest = try row.next()
        createdAt = try row.next()
    }
}

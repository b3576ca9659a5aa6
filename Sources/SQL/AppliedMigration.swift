import Values

/// A row of `atrium_migrations`.
struct AppliedMigration: RowDecodable {
    let id: String
    let checksum: String
    let appliedAt: Instant

    init(id: String, checksum: String, appliedAt: Instant) {
        self.id = id
        self.checksum = checksum
        self.appliedAt = appliedAt
    }

    init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        checksum = try row.next()
        appliedAt = try row.next()
    }

    static let all = Statement(
        .scan, "SELECT id, checksum, applied_at FROM atrium_migrations ORDER BY applied_at, id",
        returns: AppliedMigration.self)

    static let insert = Statement(
        .write, "INSERT INTO atrium_migrations (id, checksum, applied_at) VALUES ($1, $2, $3)",
        binds: String.self, String.self, Instant.self)

    static let delete = Statement(
        .write, "DELETE FROM atrium_migrations WHERE id = $1", binds: String.self)
}

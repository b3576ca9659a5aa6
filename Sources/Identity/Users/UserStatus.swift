import API
import SQL
import Values

/// Whether a user may sign in, asked when a session starts and at no other time: a ban ends the
/// sessions that there are.
struct UserStatus: RowDecodable {
    let bannedAt: Instant?
    let banExpiresAt: Instant?

    init(row: inout Row) throws(DatabaseError) {
        bannedAt = try row.next()
        banExpiresAt = try row.next()
    }

    func isBanned(at now: Instant) -> Bool {
        guard bannedAt != nil else { return false }
        return banExpiresAt.map { $0 > now } ?? true
    }

    /// On PostgreSQL a ban waits for the sign-ins that have looked, and then ends what they began;
    /// those that look later wait for the ban. SQLite has one writer.
    static let find = Statement(
        .write,
        sqlite: "SELECT banned_at, ban_expires_at FROM users WHERE id = $1 AND deleted_at IS NULL",
        postgres: """
            SELECT banned_at, ban_expires_at FROM users WHERE id = $1 AND deleted_at IS NULL
            FOR SHARE
            """, binds: ID<User>.self, returns: UserStatus.self)

    static let statements: [StatementCore] = [find.core]

    static let migration = Migration(
        "core/0005_user_status",
        sqlite: .init(
            up: """
                ALTER TABLE users ADD COLUMN banned_at INTEGER;
                ALTER TABLE users ADD COLUMN ban_expires_at INTEGER;
                ALTER TABLE users ADD COLUMN ban_reason TEXT;
                """,
            down: """
                ALTER TABLE users DROP COLUMN ban_reason;
                ALTER TABLE users DROP COLUMN ban_expires_at;
                ALTER TABLE users DROP COLUMN banned_at;
                """),
        postgres: .init(
            up: """
                ALTER TABLE users ADD COLUMN banned_at timestamptz;
                ALTER TABLE users ADD COLUMN ban_expires_at timestamptz;
                ALTER TABLE users ADD COLUMN ban_reason text;
                """,
            down: """
                ALTER TABLE users DROP COLUMN ban_reason;
                ALTER TABLE users DROP COLUMN ban_expires_at;
                ALTER TABLE users DROP COLUMN banned_at;
                """))
}

extension User {
    /// Throws unless the user is there and may sign in, and holds him so until the transaction ends.
    package static func requireActive(
        _ id: ID<User>, at now: Instant, in transaction: any Transaction
    ) async throws {
        guard let status = try await transaction.first(UserStatus.find, id) else {
            throw Failure.invalidCredentials
        }
        if status.isBanned(at: now) { throw Failure.userBanned }
    }
}

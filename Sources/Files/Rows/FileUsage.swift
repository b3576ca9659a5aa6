import API
import Identity
import SQL
import Values

/// How many bytes each user's files have together. A row in `file_usage`.
///
/// Room is taken by one statement in the transaction that writes the file's row, so that uploads at
/// once cannot take more than there is, and given back with the file.
struct FileUsage: Sendable {
    let bytesMax: Int
    let filesMax: Int

    func take(_ bytes: Int, for user: ID<User>, in transaction: any Transaction) async throws {
        // The statement has the rule for who has files already.
        guard bytes <= bytesMax,
            try await transaction.first(Self.take, user, bytes, bytesMax, filesMax) != nil
        else { throw Failure.fileQuotaReached }
    }

    func giveBack(_ released: ReleasedBytes, in transaction: any Transaction) async throws {
        try await transaction.execute(Self.giveBack, released.owner, released.bytes)
    }

    /// Throws where `bytes` more would be too many. Asked before anything is sent; `take` decides.
    func requireRoom(
        for bytes: Int, of user: ID<User>, on database: any Database
    ) async throws {
        let used = try await database.first(Self.find, user)
        guard used?.bytes ?? 0 <= bytesMax - min(bytes, bytesMax), used?.files ?? 0 < filesMax,
            bytes <= bytesMax
        else { throw Failure.fileQuotaReached }
    }

    struct Used: RowDecodable {
        let bytes: Int
        let files: Int

        init(row: inout Row) throws(DatabaseError) {
            bytes = try row.next()
            files = try row.next()
        }
    }
}

extension FileUsage {
    static let take = Statement(
        .write,
        """
        INSERT INTO file_usage (user_id, bytes, files) VALUES ($1, $2, 1)
        ON CONFLICT (user_id) DO UPDATE SET
            bytes = file_usage.bytes + excluded.bytes, files = file_usage.files + 1
            WHERE file_usage.bytes + excluded.bytes <= $3 AND file_usage.files < $4
        RETURNING bytes
        """, binds: ID<User>.self, Int.self, Int.self, Int.self, returns: Single<Int>.self)

    static let giveBack = Statement(
        .write,
        "UPDATE file_usage SET bytes = bytes - $2, files = files - 1 WHERE user_id = $1",
        binds: ID<User>.self, Int.self)

    static let find = Statement(
        .point, "SELECT bytes, files FROM file_usage WHERE user_id = $1",
        binds: ID<User>.self, returns: Used.self)

    static let statements: [StatementCore] = [take.core, giveBack.core, find.core]
}

import Identity
import SQL
import Secrets
import Values

extension StoredFile {
    /// With a holder it is claimed at once.
    static let insert = Statement(
        .write,
        """
        INSERT INTO files (id, owner_id, holder, name, media_type, bytes, sha256, created_at,
            claimed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        RETURNING id, owner_id, holder, name, media_type, bytes, sha256, created_at
        """, binds: ID<StoredFile>.self, ID<User>.self, String?.self, String.self, MediaKind.self,
        Int.self, Digest.self, Instant.self, Instant?.self, returns: StoredFile.self)

    /// Once, by one holder; the same may do it again.
    static let claim = Statement(
        .write,
        """
        UPDATE files SET holder = $2, claimed_at = COALESCE(claimed_at, $3)
        WHERE id = $1 AND released_at IS NULL AND (holder IS NULL OR holder = $2)
        RETURNING id
        """, binds: ID<StoredFile>.self, String.self, Instant.self,
        returns: Single<ID<StoredFile>>.self)

    static let release = Statement(
        .write,
        """
        UPDATE files SET released_at = $2 WHERE id = $1 AND released_at IS NULL
        RETURNING owner_id, bytes
        """, binds: ID<StoredFile>.self, Instant.self, returns: ReleasedBytes.self)

    /// A file that its owner keeps as it is. What an app uses is not released so.
    static let releaseOwn = Statement(
        .write,
        """
        UPDATE files SET released_at = $4
        WHERE id = $1 AND owner_id = $2 AND holder = $3 AND released_at IS NULL
        RETURNING owner_id, bytes
        """, binds: ID<StoredFile>.self, ID<User>.self, String.self, Instant.self,
        returns: ReleasedBytes.self)

    /// What nothing has claimed since `$1`. Asked twice for what waits, since another may claim it
    /// between the two.
    static let releaseWaiting = Statement(
        .write,
        """
        UPDATE files SET released_at = $2 WHERE id IN
            (SELECT id FROM files WHERE holder IS NULL AND released_at IS NULL AND created_at <= $1
            ORDER BY created_at LIMIT $3)
            AND holder IS NULL AND released_at IS NULL
        RETURNING owner_id, bytes
        """, binds: Instant.self, Instant.self, Int.self, returns: ReleasedBytes.self)

    /// What those have who were deleted before `$1`.
    static let releaseDeparting = Statement(
        .write,
        """
        UPDATE files SET released_at = $2 WHERE id IN
            (SELECT files.id FROM users JOIN files ON files.owner_id = users.id
            WHERE users.deleted_at < $1 AND files.released_at IS NULL LIMIT $3)
            AND released_at IS NULL
        RETURNING owner_id, bytes
        """, binds: Instant.self, Instant.self, Int.self, returns: ReleasedBytes.self)

    /// What can be read: nobody has released it.
    static let find = Statement(
        .point,
        """
        SELECT id, owner_id, holder, name, media_type, bytes, sha256, created_at
        FROM files WHERE id = $1 AND released_at IS NULL
        """, binds: ID<StoredFile>.self, returns: StoredFile.self)

    static let list = Statement(
        .scan,
        """
        SELECT id, owner_id, holder, name, media_type, bytes, sha256, created_at
        FROM files WHERE owner_id = $1 AND holder IS NOT NULL AND released_at IS NULL
        ORDER BY created_at DESC, id DESC LIMIT $2 OFFSET $3
        """, binds: ID<User>.self, Int.self, Int.self, returns: StoredFile.self)

    static let count = Statement(
        .scan,
        """
        SELECT count(*) FROM files
        WHERE owner_id = $1 AND holder IS NOT NULL AND released_at IS NULL
        """, binds: ID<User>.self, returns: Single<Int>.self)

    /// The rows of some that were released.
    static let deleteReleased = Statement(
        .write,
        """
        DELETE FROM files WHERE id IN
            (SELECT id FROM files WHERE released_at <= $1 ORDER BY released_at LIMIT $2)
        RETURNING id
        """, binds: Instant.self, Int.self, returns: Single<ID<StoredFile>>.self)

    static let deleteOne = Statement(
        .write, "DELETE FROM files WHERE id = $1 AND released_at IS NOT NULL RETURNING id",
        binds: ID<StoredFile>.self, returns: Single<ID<StoredFile>>.self)

    /// Which ids from one to another have a row.
    static let idsBetween = Statement(
        .scan, "SELECT id FROM files WHERE id BETWEEN $1 AND $2",
        binds: ID<StoredFile>.self, ID<StoredFile>.self, returns: Single<ID<StoredFile>>.self)

    /// Whether there is a row, released or not.
    static let findID = Statement(
        .point, "SELECT id FROM files WHERE id = $1", binds: ID<StoredFile>.self,
        returns: Single<ID<StoredFile>>.self)

    /// What can be read: the first that there are, and the last.
    static let oldest = Statement(
        .scan, "SELECT id FROM files WHERE released_at IS NULL ORDER BY id LIMIT $1",
        binds: Int.self, returns: Single<ID<StoredFile>>.self)

    static let newest = Statement(
        .scan, "SELECT id FROM files WHERE released_at IS NULL ORDER BY id DESC LIMIT $1",
        binds: Int.self, returns: Single<ID<StoredFile>>.self)

    static let statements: [StatementCore] =
        [
            insert.core, claim.core, release.core, releaseOwn.core, releaseWaiting.core,
            releaseDeparting.core, find.core, list.core, count.core, deleteReleased.core,
            deleteOne.core, idsBetween.core, findID.core, oldest.core, newest.core,
        ] + FileUsage.statements + FileDirectory.statements
}

/// What no longer counts for its owner.
struct ReleasedBytes: RowDecodable {
    let owner: ID<User>
    let bytes: Int

    init(row: inout Row) throws(DatabaseError) {
        owner = try row.next()
        bytes = try row.next()
    }
}

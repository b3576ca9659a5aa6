import API
import Identity
import SQL
import Values

extension Files {
    /// Makes a file that waits the file of `holder`, which is an app's name. In the transaction that
    /// writes what uses it: then there is neither without the other. Throws `fileNotClaimable` where it is
    /// gone, or another's.
    package func claim(
        _ id: ID<StoredFile>, for holder: String, in transaction: any Transaction
    ) async throws {
        let claimed = try await transaction.first(StoredFile.claim, id, holder, clock.now)
        if claimed == nil { throw Failure.fileNotClaimable }
    }

    /// Lets a file go, in the transaction that deletes what used it. It cannot be read any more, and no
    /// longer counts for its owner; from the disk it goes within the hour, or by `delete`.
    package func release(
        _ id: ID<StoredFile>, in transaction: any Transaction
    ) async throws {
        guard let released = try await transaction.first(StoredFile.release, id, clock.now) else {
            return
        }
        try await usage.giveBack(released, in: transaction)
    }

    /// Deletes what was released, now. Nothing that is in use is deleted.
    package func delete(_ id: ID<StoredFile>) async throws {
        if try await database.first(StoredFile.deleteOne, id) != nil { await store.delete([id]) }
    }

    /// A file that can be read.
    package func find(_ id: ID<StoredFile>) async throws -> StoredFile? {
        try await database.first(StoredFile.find, id)
    }

    /// Where a file can be read without credentials, until some time after `now`: a path below the
    /// server's address. The same for a while, so that caches know it again.
    package func link(to id: ID<StoredFile>, at now: Instant) -> String {
        links.link(to: id, at: now)
    }
}

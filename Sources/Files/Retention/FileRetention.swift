import Jobs
import SQL
import Values

/// Deletes what nobody uses: rows that nothing has claimed, files that were released, those of users who
/// were deleted, and what is on the disk without a row, since a server died.
enum FileRetention {
    /// Rows of one statement, which is to be short.
    static let batch = 200
    /// What one job deletes at most.
    static let batchesMax = 100

    static let schedule = Recurring("files.delete-unused", every: .hours(1))

    static func handler(_ files: Files) -> JobHandler {
        JobHandler(schedule.kind) { _, now in
            try await releaseWaiting(files, now)
            try await releaseDeparting(files, now)
            try await deleteReleased(files, now)
            try await sweepDisk(files, now)
        }
    }

    /// Not where a disk has come to the place that is another database's.
    private static func sweepDisk(_ files: Files, _ now: Instant) async throws {
        do {
            guard try await files.ownership.claim(making: false, at: now) != .absent else { return }
        } catch let error as ForeignDirectory {
            throw JobRefusal(error.description)
        }
        try await DiskSweep(files, at: now)()
        try await Trash(files, at: now).tidy()
    }

    private static func releaseWaiting(_ files: Files, _ now: Instant) async throws {
        try await release(files) { transaction in
            try await transaction.all(
                StoredFile.releaseWaiting, now - files.options.waitsFor, now, batch)
        }
    }

    /// Those of users whose rows are about to go, and theirs with them: they are to be deleted, and not
    /// to be found without a row.
    private static func releaseDeparting(_ files: Files, _ now: Instant) async throws {
        let end = files.identity.purgeEnd(at: now + .hours(2))
        try await release(files) { transaction in
            try await transaction.all(StoredFile.releaseDeparting, end, now, batch)
        }
    }

    private static func release(
        _ files: Files,
        _ some: @escaping @Sendable (any Transaction) async throws -> [ReleasedBytes]
    ) async throws {
        try await JobHandler.inParts(atMost: batchesMax) {
            try await files.database.transaction { transaction in
                let released = try await some(transaction)
                // In one order, so that two nodes do not wait for one another.
                for one in released.sorted(by: { $0.owner < $1.owner }) {
                    try await files.usage.giveBack(one, in: transaction)
                }
                return released.count == batch
            }
        }
    }

    private static func deleteReleased(_ files: Files, _ now: Instant) async throws {
        try await JobHandler.inParts(atMost: batchesMax) {
            let gone = try await files.database.all(StoredFile.deleteReleased, now, batch)
            await files.store.delete(gone.map(\.value))
            return gone.count == batch
        }
    }
}

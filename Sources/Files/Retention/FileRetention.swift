import Jobs
import SQL
import Values

/// Deletes what nobody uses: rows that nothing has claimed, files that were released, and what is on the
/// disk without a row, since a user was deleted or a server died.
enum FileRetention {
    /// Rows of one statement, which is to be short.
    static let batch = 200
    /// What one job deletes at most.
    static let batchesMax = 100

    static let schedule = Recurring("files.delete-unused", every: .hours(1))

    static func handler(_ files: Files) -> JobHandler {
        JobHandler(schedule.kind) { _, now in
            try await releaseWaiting(files, now)
            try await deleteReleased(files, now)
            try await DiskSweep(files, at: now)()
        }
    }

    private static func releaseWaiting(_ files: Files, _ now: Instant) async throws {
        let oldest = now - files.options.waitsFor
        try await JobHandler.inParts(atMost: batchesMax) {
            try await files.database.transaction { transaction in
                let released = try await transaction.all(
                    StoredFile.releaseWaiting, oldest, now, batch)
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

import Jobs
import SQL
import Values

/// Forgets what was triggered long ago. What was counted of it stays.
enum ActivationRetention {
    /// Deleted in one statement, which is to be short.
    static let batch = 500
    /// What one job deletes at most: it has a lease to keep. The next goes on.
    static let batchesMax = 200

    static let schedule = Recurring("studio.delete-old", every: .hours(1))

    static func handler(_ studio: Studio) -> JobHandler {
        JobHandler(schedule.kind) { _, now in
            let oldest = now - studio.options.keepsActivations
            for _ in 0..<batchesMax {
                try Task.checkCancellation()
                let gone = try await studio.database.all(Activation.deleteOld, oldest, batch)
                if gone.count < batch { break }
            }
        }
    }
}

import Jobs
import SQL
import Values

/// Forgets what was triggered long ago. What was counted of it stays.
enum ActivationRetention {
    /// Deleted in one statement, which is to be short.
    static let batch = 500
    /// What one job deletes at most.
    static let batchesMax = 200

    static let schedule = Recurring("studio.delete-old", every: .hours(1))

    static func handler(_ studio: Studio) -> JobHandler {
        JobHandler(schedule.kind) { _, now in
            let oldest = now - studio.options.keepsActivations
            try await JobHandler.inParts(atMost: batchesMax) {
                try await studio.database.all(Activation.deleteOld, oldest, batch).count == batch
            }
        }
    }
}

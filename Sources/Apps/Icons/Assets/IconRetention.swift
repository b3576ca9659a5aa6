import Jobs
import SQL
import Values

/// Deletes for good what was deleted long ago, and forgets how much was drawn on days gone by.
enum IconRetention {
    /// Deleted in one statement, which is to be short.
    static let batch = 500
    /// What one job deletes at most.
    static let batchesMax = 200

    static let schedule = Recurring("icons.delete-old", every: .hours(1))

    static func handler(_ icons: Icons) -> JobHandler {
        JobHandler(schedule.kind) { _, now in
            let oldest = now - icons.options.keepsDeleted
            try await JobHandler.inParts(atMost: batchesMax) {
                try await icons.database.all(Icon.purge, oldest, batch).count == batch
            }
            try await icons.database.execute(IconUsage.deleteOld, now.startOfDay - .days(1))
        }
    }
}

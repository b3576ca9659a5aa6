import Jobs
import SQL
import Values

/// How many changes are kept, and for how long: the oldest go first, whatever is reached first.
package struct ChangeRetention: Hashable, Sendable {
    let count: Int64
    let age: Duration

    package init(count: Int, age: Duration) {
        (self.count, self.age) = (Int64(count), age)
    }

    /// Deleted in one transaction, which is to be short.
    static let batch: Int64 = 1000
    /// What one job deletes at most.
    static let batchesMax = 1000

    /// Once an hour, so that there may be an hour's changes more than are to be kept.
    package static let schedule = Recurring("changes.delete-old", every: .hours(1))

    package func handler(_ log: ChangeLog) -> JobHandler {
        JobHandler(Self.schedule.kind) { _, now in
            try await JobHandler.inParts(atMost: Self.batchesMax) {
                try await log.deleteOldest(self, at: now)
            }
        }
    }
}

extension ChangeLog {
    /// Deletes a batch of what need not be kept. False when that was all.
    func deleteOldest(_ retention: ChangeRetention, at now: Instant) async throws -> Bool {
        let oldest = now - retention.age
        guard
            let state = try await database.first(
                Change.retention, ChangeRetention.batch, oldest),
            let end = state.end(retention)
        else { return false }
        return try await database.transaction { transaction in
            // Another node may have been at it meanwhile.
            let from = state.deletedThrough
            guard try await transaction.first(Change.raiseDeletedThrough, from, end) != nil else {
                return false
            }
            try await transaction.execute(Change.deleteOld, from, end)
            return true
        }
    }
}

/// Where the next batch of old changes ends.
struct RetentionState: RowDecodable, Hashable {
    let deletedThrough: Int64
    let newest: Int64
    /// The first in the batch that is young enough to be kept.
    let firstYoung: Int64?

    init(row: inout Row) throws(DatabaseError) {
        deletedThrough = try row.next()
        newest = try row.next()
        firstYoung = try row.next()
    }

    /// The last change of the batch that is not kept, or nil.
    func end(_ retention: ChangeRetention) -> Int64? {
        let last = min(newest, deletedThrough &+ ChangeRetention.batch)
        let old = firstYoung.map { $0 &- 1 } ?? last
        let end = min(last, max(old, newest &- retention.count))
        return end > deletedThrough ? end : nil
    }
}

extension Change {
    static let retention = Statement(
        .scan,
        sqlite: """
            SELECT deleted_through,
                max(deleted_through, coalesce((SELECT max(id) FROM changes), 0)),
                (SELECT min(id) FROM changes
                    WHERE id > deleted_through AND id <= deleted_through + $1 AND at >= $2)
            FROM change_retention WHERE name = 'changes'
            """,
        postgres: """
            SELECT deleted_through, greatest(deleted_through, (SELECT max(seq) FROM changes)),
                (SELECT min(seq) FROM changes
                    WHERE seq > deleted_through AND seq <= deleted_through + $1 AND at >= $2)
            FROM change_retention WHERE name = 'changes'
            """, binds: Int64.self, Instant.self, returns: RetentionState.self)

    static let raiseDeletedThrough = Statement(
        .write,
        """
        UPDATE change_retention SET deleted_through = $2
        WHERE name = 'changes' AND deleted_through = $1 RETURNING name
        """, binds: Int64.self, Int64.self, returns: Single<String>.self)

    static let deleteOld = Statement(
        .write,
        sqlite: "DELETE FROM changes WHERE id > $1 AND id <= $2",
        postgres: "DELETE FROM changes WHERE seq > $1 AND seq <= $2",
        binds: Int64.self, Int64.self, returns: NoRow.self)
}

import API
import Changes
import Identity
import SQL
import Values

extension Resources {
    /// Deletes for good what a user has who is about to be forgotten, with what goes with it, so that
    /// whoever follows hears of it: the end of his own row would take it along and tell nobody.
    ///
    /// What others hold by `restrict` stays, and he with it.
    package func deleteRows(of user: ID<User>, at now: Instant) async throws {
        for resource in catalog.resources.reversed() where resource.owner == .user {
            try await DepartedRows(of: user, in: ResourceRows(resource, self), at: now).delete()
        }
    }
}

/// The rows of one resource that a user leaves behind.
struct DepartedRows {
    /// Rows that are looked up at once.
    private static let page = 1000
    /// Rows of one transaction, each with what refers to it.
    private static let batch = 10
    /// Rows may hold one another: those that let go of others come first.
    private static let passesMax = 10

    private let user: ID<User>
    private let rows: ResourceRows
    private let now: Instant

    init(of user: ID<User>, in rows: ResourceRows, at now: Instant) {
        (self.user, self.rows, self.now) = (user, rows, now)
    }

    func delete() async throws {
        for _ in 0..<Self.passesMax {
            let (gone, held) = try await pass()
            if gone == 0 || held == 0 { return }
        }
    }

    /// From the newest on, which refer to older ones most often.
    private func pass() async throws -> (gone: Int, held: Int) {
        var (gone, held) = (0, 0)
        var last = ID<ResourceRow>(high: .max, low: .max)
        while true {
            let ids = try await rows.database.all(
                rows.statements.ids(of: user, before: last, limit: Self.page), .scan,
                returning: Single<ID<ResourceRow>>.self
            ).map(\.value)
            guard let end = ids.last else { return (gone, held) }
            last = end
            for some in ids.batches(of: Self.batch) {
                try Task.checkCancellation()
                let count = try await delete(some)
                (gone, held) = (gone + count, held + some.count - count)
            }
        }
    }

    /// How many of them are gone.
    private func delete(_ ids: [ID<ResourceRow>]) async throws -> Int {
        let (rows, now) = (rows, now)
        do {
            return try await rows.all.changes.transaction { transaction in
                var count = 0
                for id in ids where try await Self.delete(id, rows, now, transaction) { count += 1 }
                return count
            }
        } catch let error as DatabaseError where error.code == .foreignKey {
            // Somebody has begun to refer to one of them.
            return 0
        }
    }

    /// False where others hold it.
    private static func delete(
        _ id: ID<ResourceRow>, _ rows: ResourceRows, _ now: Instant,
        _ transaction: any Transaction
    ) async throws -> Bool {
        let statements = rows.statements
        let row = try await transaction.first(
            statements.lock(id, .always), .write, reading: statements.read)
        // It went with one before it.
        guard let row else { return true }
        var removal = Removal(
            of: row, in: rows.resource, rows.all, at: now, isForGood: true, transaction)
        do {
            try await removal.find()
        } catch let failure as Failure where failure == .hasDependents {
            return false
        }
        try await removal.removeDependents()
        try await transaction.execute(statements.delete(IDList([id])))
        try await ChangeLog.append(.deleted(row, of: rows.resource, at: now), in: transaction)
        try await removal.removeSiblings()
        return true
    }
}

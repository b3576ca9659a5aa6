import Bus
import Coding
import SQL
import Values

/// What came after a number.
package enum ChangesAfter: Hashable, Sendable {
    /// In order. Fewer than asked for are all that there are.
    case changes([NumberedChange])
    /// Some were deleted before they were read, or the number is none that was ever given, as after
    /// a backup was restored: read the rows anew and go on from `newest`.
    case resync(newest: Int64)
}

extension ChangeLog {
    /// Changes that one page has at most.
    package static let pageMax = 1000

    /// The changes that follow `seq`; 0 is before the first.
    package func after(
        _ seq: Int64, limit: Int = ChangeLog.pageMax
    ) async throws(DatabaseError) -> ChangesAfter {
        let limit = min(max(limit, 1), Self.pageMax)
        return try page(try await database.all(Change.after, seq, limit), after: seq)
    }

    /// Those of them that are of one topic and not beyond `end`, which was given already. Fewer than
    /// asked for are all up to there.
    package func after(
        _ seq: Int64, through end: Int64, of topic: String, limit: Int = ChangeLog.pageMax
    ) async throws(DatabaseError) -> ChangesAfter {
        let limit = min(max(limit, 1), Self.pageMax)
        return try page(
            try await database.all(Change.afterOfTopic, seq, end, topic, limit), after: seq)
    }

    private func page(
        _ rows: [PageRow], after seq: Int64
    ) throws(DatabaseError) -> ChangesAfter {
        guard let state = rows.first?.state else {
            throw DatabaseError(.decoding, "change_retention has no row")
        }
        guard seq >= state.deletedThrough, seq <= state.newest else {
            return .resync(newest: state.newest)
        }
        return .changes(rows.compactMap(\.change))
    }

    /// The number of the newest change, or 0 before the first.
    package var newest: Int64 {
        get async throws(DatabaseError) { try await database.first(Change.newest)?.value ?? 0 }
    }

    // MARK: Waking

    static let topic = "changes"

    /// Calls `body` with the highest number each time that there is a higher one, and with nil when
    /// that may have been missed: look then. A hint that may come late or twice; `body` does not
    /// wait.
    package func listen(
        _ body: @escaping @Sendable (Int64?) -> Void
    ) async throws -> BusSubscription {
        try await bus.subscribe(Self.topic) { event in
            switch event {
            case .message(let text): body(Int64(text))
            case .gap: body(nil)
            }
        }
    }

    func tell(_ newest: Int64) async throws {
        try await bus.publish(Self.topic, "\(newest)")
    }
}

/// How far changes are numbered, and how far they are gone.
struct LogState: Hashable, Sendable {
    let deletedThrough: Int64
    let newest: Int64

    init(row: inout Row) throws(DatabaseError) {
        deletedThrough = try row.next()
        newest = try row.next()
    }
}

/// A row of a page, which has at least one: the state, and a change unless there is none.
struct PageRow: RowDecodable {
    let state: LogState
    let change: NumberedChange?

    init(row: inout Row) throws(DatabaseError) {
        state = try LogState(row: &row)
        change = try NumberedChange(optional: &row)
    }
}

extension NumberedChange {
    fileprivate init?(optional row: inout Row) throws(DatabaseError) {
        let (seq, topic) = (try row.next(Int64?.self), try row.next(String?.self))
        let (kind, id) = (try row.next(ChangeKind?.self), try row.next(String?.self))
        let (before, after) = (try row.next(JSONText?.self), try row.next(JSONText?.self))
        let at = try row.next(Instant?.self)
        guard let seq, let topic, let kind, let id, let at else { return nil }
        self.seq = seq
        change = Change(
            topic, kind, id, before: try before?.json, after: try after?.json, at: at)
    }
}

extension JSONText {
    /// What a change holds may be deeper and longer than what any one request may send.
    fileprivate var json: JSON {
        get throws(DatabaseError) {
            var limits = JSONLimits(bytes: .max)
            limits.depth = JSONLimits.deepest
            do throws(JSONSyntaxError) {
                return try JSON(parsing: Array(text.utf8), limits: limits)
            } catch {
                throw DatabaseError(.decoding, "a change is no JSON: \(error.code)")
            }
        }
    }
}

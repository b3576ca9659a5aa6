// Changes: what was written to rows, in one order that everybody can follow.
//
// A change is appended in the transaction that writes the row, so that there is none without the
// other. It gets its number, `seq`, when it is committed: on SQLite at once, because one writer is
// one order; on PostgreSQL from the `Sequencer`. Whoever follows remembers the last number seen and
// asks what came after it; retention deletes from the oldest on, and who lost some is told to read
// everything anew.

import Bus
import Coding
import Loop
import SQL
import Values

/// Where changes are appended and read.
package struct ChangeLog: Sendable {
    let database: any Database
    let bus: any Bus
    let bell = Bell()

    package init(_ database: any Database, _ bus: any Bus) {
        (self.database, self.bus) = (database, bus)
    }
}

// MARK: Appending

extension ChangeLog {
    /// Puts a change in, in the transaction that writes its row and after the statement that does:
    /// changes of one row are in order because the row is locked meanwhile.
    package static func append(
        _ change: Change, in transaction: any Transaction
    ) async throws(DatabaseError) {
        try await transaction.execute(
            Change.insert, change.topic, change.kind, change.row,
            change.before.map { JSONText($0.description) },
            change.after.map { JSONText($0.description) }, change.at)
    }

    /// Puts many changes in with one statement, in their order.
    package static func append(
        _ changes: [Change], in transaction: any Transaction
    ) async throws(DatabaseError) {
        if changes.isEmpty { return }
        if changes.count == 1 { return try await append(changes[0], in: transaction) }
        let list = JSON.list(changes.map(\.json))
        try await transaction.execute(Change.insertMany, JSONText(list.description))
    }

    /// Runs `body`, which appends, in a transaction, and sees to it that what it appended is
    /// numbered.
    package func transaction<Output: Sendable>(
        _ body: @escaping @Sendable (any Transaction) async throws -> Output
    ) async throws -> Output {
        let output = try await database.transaction(body)
        wake()
        return output
    }

    /// Tells the sequencer of this node that something was committed. Not called, it is found two
    /// seconds later.
    package func wake() { bell.ring() }

    /// The statement that puts in a change for each row that `rows` selects, in the order of the
    /// columns `row_id` (text), `before`, `after` (JSON) and `at`.
    package static func insert(
        _ topic: String, _ kind: ChangeKind, selecting rows: SQLFragment
    ) -> SQLFragment {
        SQLFragment(
            """
            INSERT INTO changes (topic, kind, row_id, before, after, at)
            SELECT \(topic), \(kind), written.* FROM (\(rows)) AS written
            """)
    }
}

extension Change {
    /// As `insertMany` reads it.
    fileprivate var json: JSON {
        [
            "topic": .string(topic), "kind": .string(kind.rawValue), "row": .string(row),
            "before": before ?? .null, "after": after ?? .null, "at": .integer(at.microseconds),
        ]
    }
}

import SQL
import Synchronization

@testable import Changes

/// Where a process can end on the way of a change from its row to its readers.
enum Moment: String, CaseIterable, Codable, Sendable {
    case rowWritten, appended, committed
    case seen, locked, numbered, numbersCommitted

    /// Those of a process that only writes, which SQLite's do.
    static let writing: [Moment] = [.rowWritten, .appended, .committed]
}

/// A database that says when it has come to a moment.
struct WatchedDatabase: Database {
    let base: any Database
    let reach: @Sendable (Moment) -> Void

    var engine: Engine { base.engine }

    func run<Output: Sendable>(
        _ statement: StatementCore, bind: @escaping @Sendable (any BindTarget) -> Void,
        decode: @escaping @Sendable (inout Rows) throws(DatabaseError) -> Output
    ) async throws(DatabaseError) -> Output {
        let output = try await base.run(statement, bind: bind, decode: decode)
        if statement === Change.numberingState.core { reach(.seen) }
        return output
    }

    func transaction<Output: Sendable>(
        _ body: @escaping @Sendable (any Transaction) async throws -> Output
    ) async throws -> Output {
        let last = Last()
        let output = try await base.transaction { transaction in
            try await body(WatchedTransaction(base: transaction, last: last, reach: reach))
        }
        if let end = last.end { reach(end) }
        return output
    }

    /// What a transaction is about, by what it has run.
    final class Last: Sendable {
        private let moment = Mutex<Moment?>(nil)

        func note(_ moment: Moment) { self.moment.withLock { $0 = moment } }

        var end: Moment? {
            switch moment.withLock({ $0 }) {
            case .appended: .committed
            case .numbered: .numbersCommitted
            default: nil
            }
        }
    }
}

private struct WatchedTransaction: Transaction {
    let base: any Transaction
    let last: WatchedDatabase.Last
    let reach: @Sendable (Moment) -> Void

    var engine: Engine { base.engine }

    func run<Output: Sendable>(
        _ statement: StatementCore, bind: @escaping @Sendable (any BindTarget) -> Void,
        decode: @escaping @Sendable (inout Rows) throws(DatabaseError) -> Output
    ) async throws(DatabaseError) -> Output {
        let output = try await base.run(statement, bind: bind, decode: decode)
        if let moment = Self.moments.first(where: { $0.0 === statement })?.1 {
            last.note(moment)
            reach(moment)
        }
        return output
    }

    func runScript(_ text: String) async throws(DatabaseError) { try await base.runScript(text) }

    private static let moments: [(StatementCore, Moment)] = [
        (Thing.note.core, .rowWritten), (Change.insert.core, .appended),
        (Change.lock.core, .locked), (Change.number.core, .numbered),
    ]
}

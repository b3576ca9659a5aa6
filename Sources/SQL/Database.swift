/// Which engine a database is.
package enum Engine: String, Sendable, CaseIterable {
    case sqlite, postgres
}

/// Runs statements: a database, each statement for itself, or a transaction.
package protocol StatementRunner: Sendable {
    /// Runs one statement and reads its rows with `decode`, which may run on another thread.
    ///
    /// `bind` may be called again when the statement is sent a second time. A `.write` returns when
    /// it is durable (outside a transaction).
    func run<Output: Sendable>(
        _ statement: StatementCore,
        bind: @escaping @Sendable (any BindTarget) -> Void,
        decode: @escaping @Sendable (inout Rows) throws(DatabaseError) -> Output
    ) async throws(DatabaseError) -> Output

    /// Runs a point read here and now, where that needs no waiting: SQLite on an event loop. False
    /// when it is one to be awaited.
    func runAtOnce(
        _ statement: StatementCore, bind: (any BindTarget) -> Void,
        decode: (inout Rows) throws(DatabaseError) -> Void
    ) throws(DatabaseError) -> Bool
}

extension StatementRunner {
    package func runAtOnce(
        _ statement: StatementCore, bind: (any BindTarget) -> Void,
        decode: (inout Rows) throws(DatabaseError) -> Void
    ) throws(DatabaseError) -> Bool { false }

    /// The first row, or nil.
    @inlinable
    package func first<Result: RowDecodable, each Bind: SQLValue>(
        _ statement: Statement<Result, repeat each Bind>, _ values: repeat each Bind
    ) async throws(DatabaseError) -> Result? {
        if statement.core.kind == .point {
            var result: Result?
            let isDone = try runAtOnce(
                statement.core,
                bind: { target in repeat (each values).bind(to: target) },
                decode: { rows throws(DatabaseError) in result = try rows.next(Result.self) })
            if isDone { return result }
        }
        return try await run(
            statement.core,
            bind: { target in repeat (each values).bind(to: target) },
            decode: { rows throws(DatabaseError) in try rows.next(Result.self) })
    }

    @inlinable
    package func all<Result: RowDecodable, each Bind: SQLValue>(
        _ statement: Statement<Result, repeat each Bind>, _ values: repeat each Bind
    ) async throws(DatabaseError) -> [Result] {
        if statement.core.kind == .point {
            var results: [Result] = []
            let isDone = try runAtOnce(
                statement.core,
                bind: { target in repeat (each values).bind(to: target) },
                decode: { rows throws(DatabaseError) in
                    while let result = try rows.next(Result.self) { results.append(result) }
                })
            if isDone { return results }
        }
        return try await run(
            statement.core,
            bind: { target in repeat (each values).bind(to: target) },
            decode: { rows throws(DatabaseError) in
                var results: [Result] = []
                while let result = try rows.next(Result.self) { results.append(result) }
                return results
            })
    }

    /// Runs a statement that returns no rows.
    @inlinable
    package func execute<each Bind: SQLValue>(
        _ statement: Statement<NoRow, repeat each Bind>, _ values: repeat each Bind
    ) async throws(DatabaseError) {
        try await run(
            statement.core,
            bind: { target in repeat (each values).bind(to: target) },
            decode: { _ throws(DatabaseError) in })
    }
}

/// A transaction while its body runs: all of its statements are kept, or none.
package protocol Transaction: StatementRunner {
    var engine: Engine { get }
    /// Runs a migration's text: several statements, no parameters, their rows dropped.
    ///
    /// Its time does not count against the body's limit. A script that ends the transaction is an
    /// error.
    func runScript(_ text: String) async throws(DatabaseError)
}

/// A database of either engine.
package protocol Database: StatementRunner {
    var engine: Engine { get }

    /// Runs `body` in a READ COMMITTED transaction and returns when the commit is durable.
    ///
    /// The body awaits nothing but its transaction and has no effect but rows: after a serialization
    /// failure or a deadlock it runs again, three times at most. What it throws rolls back. A body
    /// that takes more than 250 ms is rolled back as `.busy`.
    func transaction<Output: Sendable>(
        _ body: @escaping @Sendable (any Transaction) async throws -> Output
    ) async throws -> Output
}

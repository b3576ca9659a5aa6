import Synchronization

extension SQLFragment {
    /// The statement of this text, these parameter types and this result; the same one each time
    /// while the cache has room.
    package func core<Result: RowDecodable>(
        _ kind: StatementCore.Kind, returning: Result.Type
    ) -> StatementCore {
        core(kind, ObjectIdentifier(Result.self)) { { RecordedColumn.columns(of: Result.self) } }
    }

    /// The same where what a row holds is known at run time only, by whoever reads it. What the check
    /// of statements is told is what the first `read` of this text has read.
    package func core<Output>(
        _ kind: StatementCore.Kind,
        reading read: @escaping (inout Row) throws(DatabaseError) -> Output
    ) -> StatementCore {
        core(kind, ObjectIdentifier(SQLFragment.self)) {
            let columns = RecordedColumn.columns(reading: read)
            return { columns }
        }
    }

    private func core(
        _ kind: StatementCore.Kind, _ result: ObjectIdentifier,
        columns: () -> @Sendable () -> [RecordedColumn]
    ) -> StatementCore {
        fragmentCores.withLock { $0.core(of: self, kind, result, columns: columns) }
    }
}

/// The statements of a process that were made of fragments, beside those of `static let`s, which live
/// as long as the process, too.
private let fragmentCores = Mutex(FragmentCores(max: 512))

/// Statements made of fragments. As many are kept prepared as there is room for: each costs memory
/// on every connection.
struct FragmentCores {
    private let max: Int
    private var cores: [Key: StatementCore] = [:]

    init(max: Int) { self.max = max }

    private struct Key: Hashable {
        /// The text but for the numbers of its parameters, which follow from it.
        let pieces: [UInt8]
        let binds: [SQLType]
        let kind: StatementCore.Kind
        let result: ObjectIdentifier

        /// All of the text in one go: by itself, a list gives one element after the other.
        func hash(into hasher: inout Hasher) {
            pieces.withUnsafeBytes { hasher.combine(bytes: $0) }
            hasher.combine(result)
        }
    }

    /// What anybody may ask for in many shapes takes up half of the room at most.
    mutating func core(
        of fragment: SQLFragment, _ kind: StatementCore.Kind, _ result: ObjectIdentifier,
        columns: () -> @Sendable () -> [RecordedColumn]
    ) -> StatementCore {
        let key = Key(pieces: fragment.pieces, binds: fragment.types, kind: kind, result: result)
        if let core = cores[key] { return core }
        let text = fragment.text
        let core = StatementCore(
            kind, sqlite: text, postgres: text, binds: key.binds,
            isKept: cores.count < (fragment.isOneOfMany ? max / 2 : max), columns: columns())
        if core.isKept { cores[key] = core }
        return core
    }
}

extension StatementRunner {
    /// The first row, or nil. A fragment that writes says so by its `kind`.
    package func first<Result: RowDecodable>(
        _ fragment: SQLFragment, _ kind: StatementCore.Kind = .scan, returning: Result.Type
    ) async throws(DatabaseError) -> Result? {
        let core = fragment.core(kind, returning: Result.self)
        if kind == .point {
            var result: Result?
            let isDone = try runAtOnce(
                core, bind: { fragment.bind(to: $0) },
                decode: { rows throws(DatabaseError) in result = try rows.next(Result.self) })
            if isDone { return result }
        }
        return try await run(
            core, bind: { fragment.bind(to: $0) },
            decode: { rows throws(DatabaseError) in try rows.next(Result.self) })
    }

    package func all<Result: RowDecodable>(
        _ fragment: SQLFragment, _ kind: StatementCore.Kind = .scan, returning: Result.Type
    ) async throws(DatabaseError) -> [Result] {
        let core = fragment.core(kind, returning: Result.self)
        if kind == .point {
            var results: [Result] = []
            let isDone = try runAtOnce(
                core, bind: { fragment.bind(to: $0) },
                decode: { rows throws(DatabaseError) in
                    while let result = try rows.next(Result.self) { results.append(result) }
                })
            if isDone { return results }
        }
        return try await run(
            core, bind: { fragment.bind(to: $0) },
            decode: { rows throws(DatabaseError) in
                var results: [Result] = []
                while let result = try rows.next(Result.self) { results.append(result) }
                return results
            })
    }

    /// Runs a fragment that writes and returns no rows.
    package func execute(_ fragment: SQLFragment) async throws(DatabaseError) {
        try await run(
            fragment.core(.write, returning: NoRow.self), bind: { fragment.bind(to: $0) },
            decode: { _ throws(DatabaseError) in })
    }

    // MARK: Rows known at run time

    /// The first row as `read` reads it, or nil. It may run on another thread.
    package func first<Output: Sendable>(
        _ fragment: SQLFragment, _ kind: StatementCore.Kind = .scan,
        reading read: @escaping @Sendable (inout Row) throws(DatabaseError) -> Output
    ) async throws(DatabaseError) -> Output? {
        let core = fragment.core(kind, reading: read)
        if kind == .point {
            var result: Output?
            let isDone = try runAtOnce(
                core, bind: { fragment.bind(to: $0) },
                decode: { rows throws(DatabaseError) in result = try rows.next(read) })
            if isDone { return result }
        }
        return try await run(
            core, bind: { fragment.bind(to: $0) },
            decode: { rows throws(DatabaseError) in try rows.next(read) })
    }

    package func all<Output: Sendable>(
        _ fragment: SQLFragment, _ kind: StatementCore.Kind = .scan,
        reading read: @escaping @Sendable (inout Row) throws(DatabaseError) -> Output
    ) async throws(DatabaseError) -> [Output] {
        let core = fragment.core(kind, reading: read)
        if kind == .point {
            var results: [Output] = []
            let isDone = try runAtOnce(
                core, bind: { fragment.bind(to: $0) },
                decode: { rows throws(DatabaseError) in
                    while let result = try rows.next(read) { results.append(result) }
                })
            if isDone { return results }
        }
        return try await run(
            core, bind: { fragment.bind(to: $0) },
            decode: { rows throws(DatabaseError) in
                var results: [Output] = []
                while let result = try rows.next(read) { results.append(result) }
                return results
            })
    }
}

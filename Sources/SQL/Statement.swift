import Synchronization

/// One SQL statement with the types it binds and the row it returns.
///
/// The text is a `StaticString`: the compiler refuses text made at run time. Parameters are `$1`,
/// `$2`, …; SQLite gets `?1`, `?2`. One text serves both engines where it can; where not, both stand
/// side by side. A test prepares every statement on both engines and compares parameters, columns
/// and types with what is declared here.
package struct Statement<Result: RowDecodable, each Bind: SQLValue>: Sendable {
    package let core: StatementCore

    package init(
        _ kind: StatementCore.Kind, _ text: StaticString, binds: repeat (each Bind).Type,
        returns: Result.Type
    ) {
        self.init(kind, sqlite: text, postgres: text, binds: repeat each binds, returns: returns)
    }

    package init(
        _ kind: StatementCore.Kind, sqlite: StaticString, postgres: StaticString,
        binds: repeat (each Bind).Type, returns: Result.Type
    ) {
        var types: [SQLType] = []
        for bind in repeat each binds { types.append(bind.sqlType) }
        core = StatementCore(
            kind, sqlite: sqlite.description, postgres: postgres.description, binds: types,
            columns: { RecordedColumn.columns(of: Result.self) })
    }
}

extension Statement where Result == NoRow {
    package init(
        _ kind: StatementCore.Kind, _ text: StaticString, binds: repeat (each Bind).Type
    ) {
        self.init(kind, text, binds: repeat each binds, returns: NoRow.self)
    }
}

/// What a store needs of a statement. Made once for each `static let`; its dense `id` indexes the
/// caches of prepared statements.
package final class StatementCore: Sendable {
    package enum Kind: Sendable {
        /// A read of few rows by an index: SQLite runs it on the event loop.
        case point
        /// Any other read: a pool runs it.
        case scan
        case write
    }

    package let id: Int
    /// The prepared statement's name on PostgreSQL.
    package let name: String
    package let kind: Kind
    package let sqliteText: String
    package let postgresText: String
    package let binds: [SQLType]
    package let oids: [UInt32]
    /// What the result reads, found by reading it once from a recorder.
    package let columns: @Sendable () -> [RecordedColumn]

    package init(
        _ kind: Kind, sqlite: String, postgres: String, binds: [SQLType],
        columns: @escaping @Sendable () -> [RecordedColumn]
    ) {
        id = Self.nextID.add(1, ordering: .relaxed).oldValue
        name = "s\(id)"
        self.kind = kind
        sqliteText = Self.numberedParameters(sqlite)
        postgresText = postgres
        self.binds = binds
        oids = binds.map(\.oid)
        self.columns = columns
    }

    private static let nextID = Atomic<Int>(0)

    /// `$1` → `?1` outside quotes. SQLite takes `$1` for a name and numbers it by first appearance.
    static func numberedParameters(_ text: String) -> String {
        var quote: Character?
        return String(
            text.map { character in
                if let open = quote {
                    if character == open { quote = nil }
                    return character
                }
                if character == "'" || character == "\"" { quote = character }
                return character == "$" ? "?" : character
            })
    }
}

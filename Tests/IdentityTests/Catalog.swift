import SQL
import Synchronization

/// What a database says of its tables, in words that both engines share.
struct Catalog: Hashable, Sendable {
    struct Column: Hashable, Sendable, RowDecodable {
        let table: String
        let name: String
        let isNullable: Bool

        init(row: inout Row) throws(DatabaseError) {
            table = try row.next()
            name = try row.next()
            isNullable = try row.next()
        }
    }

    /// One line of text for each.
    struct Line: Hashable, Sendable, RowDecodable {
        let text: String

        init(row: inout Row) throws(DatabaseError) { text = try row.next() }
    }

    let columns: [Column]
    /// `unique users (email)`, `index users (deleted_at)`
    let indexes: [String]
    /// `sessions (user_id) users CASCADE`
    let references: [String]

    init(of database: any Database) async throws {
        columns = try await database.all(Self.columns)
        indexes = try await database.all(Self.indexes).map(\.text).sorted()
        references = try await database.all(Self.references).map(\.text).sorted()
    }

    private static let columns = Statement(
        .scan,
        sqlite: """
            SELECT t.name, c.name, c."notnull" = 0 AND c.pk = 0
            FROM sqlite_schema t JOIN pragma_table_xinfo(t.name) c
            WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND c.hidden <> 1
            ORDER BY 1, c.cid
            """,
        postgres: """
            SELECT table_name::text, column_name::text, is_nullable = 'YES'
            FROM information_schema.columns
            WHERE table_schema = 'public' ORDER BY 1, ordinal_position
            """, returns: Column.self)

    private static let indexes = Statement(
        .scan,
        sqlite: """
            SELECT iif(i."unique" = 1, 'unique ', 'index ') || t.name || ' (' || (
                SELECT group_concat(name, ', ') FROM
                    (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno)) || ')'
            FROM sqlite_schema t JOIN pragma_index_list(t.name) i
            WHERE t.type = 'table' ORDER BY 1
            """,
        postgres: """
            SELECT CASE WHEN i.indisunique THEN 'unique ' ELSE 'index ' END
                || c.relname::text || ' (' || (
                SELECT string_agg(a.attname, ', ' ORDER BY k.position)
                FROM unnest(i.indkey) WITH ORDINALITY k (number, position)
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number) || ')'
            FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'public'
            """, returns: Line.self)

    private static let references = Statement(
        .scan,
        sqlite: """
            SELECT t.name || ' (' || f."from" || ') ' || f."table" || ' ' || f.on_delete
            FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f
            WHERE t.type = 'table' ORDER BY 1
            """,
        postgres: """
            SELECT c.relname::text || ' (' || a.attname || ') ' || o.relname || ' ' ||
                CASE k.confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' ELSE k.confdeltype::text END
            FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
            JOIN pg_class o ON o.oid = k.confrelid
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
            WHERE k.contype = 'f' ORDER BY 1
            """, returns: Line.self)

    static let postgresTypes = Statement(
        .scan,
        sqlite: "SELECT ''",
        postgres: """
            SELECT c.relname::text || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'public' AND c.relkind = 'r' AND a.attnum > 0
            """, returns: Line.self)
}

/// The catalogs of several engines.
final class Catalogs: Sendable {
    private let found = Mutex<[Engine: Catalog]>([:])

    subscript(engine: Engine) -> Catalog? { found.withLock { $0[engine] } }

    func add(_ catalog: Catalog, of engine: Engine) { found.withLock { $0[engine] = catalog } }
}

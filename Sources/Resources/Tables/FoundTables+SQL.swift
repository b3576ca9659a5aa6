import SQL

// What the engines know of a table. What differs: SQLite tells a table's text and PostgreSQL its
// parts, each as a row of the same kind.

extension FoundTables {
    package static let statements: [StatementCore] = [
        registered.core, columns.core, checks.core, references.core, indexes.core, searches.core,
    ]

    /// The tables that were made for resources; nothing else is looked at.
    static let registered = Statement(
        .scan, "SELECT name FROM resource_tables ORDER BY name", returns: Single<String>.self)

    struct Column: RowDecodable {
        let name: String
        let type: String
        let isNullable: Bool
        let defaultText: String?

        init(row: inout Row) throws(DatabaseError) {
            name = try row.next()
            type = try row.next()
            isNullable = try row.next()
            defaultText = try row.next()
        }
    }

    static let columns = Statement(
        .scan,
        sqlite: """
            SELECT name, type, "notnull" = 0, dflt_value
            FROM pragma_table_xinfo($1)
            WHERE hidden = 0 ORDER BY cid
            """,
        postgres: """
            SELECT a.attname::text, format_type(a.atttypid, a.atttypmod)
                    || coalesce(' COLLATE ' || quote_ident(nullif(l.collname, 'C')), ''),
                NOT a.attnotnull, pg_get_expr(d.adbin, d.adrelid)
            FROM pg_attribute a
            LEFT JOIN pg_collation l ON l.oid = a.attcollation
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attrelid = to_regclass(quote_ident($1)) AND a.attnum > 0
                AND NOT a.attisdropped
            ORDER BY a.attnum
            """, binds: String.self, returns: Column.self)

    /// Two texts.
    struct Pair: RowDecodable {
        let first: String
        let second: String

        init(row: inout Row) throws(DatabaseError) {
            first = try row.next()
            second = try row.next()
        }
    }

    /// Columns with their checks; on SQLite one row with the text of the table.
    static let checks = Statement(
        .scan,
        sqlite: """
            SELECT '', coalesce(sql, '') FROM sqlite_schema WHERE type = 'table' AND name = $1
            """,
        postgres: """
            SELECT a.attname::text, pg_get_constraintdef(c.oid)
            FROM pg_constraint c
            JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
            WHERE c.conrelid = to_regclass(quote_ident($1)) AND c.contype = 'c'
            ORDER BY c.conname
            """, binds: String.self, returns: Pair.self)

    struct Reference: RowDecodable {
        let column: String
        let table: String
        let action: String

        init(row: inout Row) throws(DatabaseError) {
            column = try row.next()
            table = try row.next()
            action = try row.next()
        }
    }

    static let references = Statement(
        .scan,
        sqlite: """
            SELECT "from", "table", CASE on_delete WHEN 'NO ACTION' THEN 'restrict'
                WHEN 'RESTRICT' THEN 'restrict at once' ELSE lower(on_delete) END
            FROM pragma_foreign_key_list($1)
            """,
        postgres: """
            SELECT a.attname::text, o.relname::text, CASE k.confdeltype WHEN 'c' THEN 'cascade'
                WHEN 'a' THEN 'restrict' WHEN 'n' THEN 'set null' ELSE 'another' END
            FROM pg_constraint k
            JOIN pg_class o ON o.oid = k.confrelid
            JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
            WHERE k.conrelid = to_regclass(quote_ident($1)) AND k.contype = 'f'
            """, binds: String.self, returns: Reference.self)

    struct Index: RowDecodable {
        let name: String
        let isUnique: Bool
        /// On SQLite the text of the index, else the condition for rows to be in it.
        let condition: String
        /// With commas between; nulls first, but in what is unique.
        let columns: String

        init(row: inout Row) throws(DatabaseError) {
            name = try row.next()
            isUnique = try row.next()
            condition = try row.next()
            columns = try row.next()
        }
    }

    static let indexes = Statement(
        .scan,
        sqlite: """
            SELECT coalesce(i.name, ''), i."unique" = 1, coalesce(s.sql, ''), (
                SELECT group_concat(name, ',') FROM
                    (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno))
            FROM pragma_index_list($1) i JOIN sqlite_schema s ON s.name = i.name
            WHERE i.origin = 'c' ORDER BY i.name
            """,
        postgres: """
            SELECT c.relname::text, i.indisunique,
                coalesce('WHERE ' || pg_get_expr(i.indpred, i.indrelid), ''), (
                SELECT string_agg(a.attname || CASE k.option WHEN CASE WHEN i.indisunique THEN 0 ELSE 2 END
                    THEN '' ELSE ' in another order' END, ',' ORDER BY k.position)
                FROM unnest(i.indkey, i.indoption) WITH ORDINALITY k (number, option, position)
                JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number)
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            JOIN pg_am m ON m.oid = c.relam
            WHERE i.indrelid = to_regclass(quote_ident($1)) AND NOT i.indisprimary
                AND m.amname = 'btree'
            ORDER BY 1
            """, binds: String.self, returns: Index.self)

    /// What there is for search: on SQLite the table of words and the triggers with their texts, on
    /// PostgreSQL the index.
    static let searches = Statement(
        .scan,
        sqlite: """
            SELECT coalesce(name, ''), coalesce(sql, '') FROM sqlite_schema
            WHERE name = $2 OR type = 'trigger' AND tbl_name = $1 ORDER BY name
            """,
        postgres: """
            SELECT c.relname::text, '' FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            WHERE i.indrelid = to_regclass(quote_ident($1)) AND c.relname = $2
            """, binds: String.self, String.self, returns: Pair.self)
}

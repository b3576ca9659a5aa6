import DatabaseTesting
import SQL
import Testing
import Values

@testable import Resources

/// S3-20, C14: the tables that come of a declaration.
struct TableTests {
    private func sample() throws -> ResourceCatalog {
        try read(["items.json5": sampleItems, "item_notes.json5": sampleNotes])
    }

    // S3-20
    @Test func `PostgreSQL gets the table of the documents`() throws {
        let tables = try sample().tables
        #expect(
            TableSQL(engine: .postgres).create(tables[0]).text == """
                CREATE TABLE "items" (
                    "id" uuid NOT NULL PRIMARY KEY,
                    "user_id" uuid NOT NULL CONSTRAINT "items_user_id_fkey" REFERENCES "users" ("id") ON DELETE CASCADE,
                    "name" varchar(255) COLLATE "C" NOT NULL,
                    "description" varchar(1000) COLLATE "C",
                    "status" varchar(50) COLLATE "C" NOT NULL DEFAULT 'active' CONSTRAINT "items_status_check" CHECK ("status" IN ('active', 'inactive')),
                    "created_at" timestamptz NOT NULL,
                    "updated_at" timestamptz NOT NULL,
                    "deleted_at" timestamptz
                )
                """)
        let indexes = tables[0].indexes.map {
            TableSQL(engine: .postgres).create($0, on: tables[0].name).text
                .replacing(" NULLS FIRST", with: "")
        }
        let living = #" WHERE "deleted_at" IS NULL"#
        #expect(
            indexes == [
                #"CREATE INDEX "items_user_id_reference" ON "items" ("user_id")"#,
                #"CREATE INDEX "items_created_at_index" ON "items" ("user_id", "created_at", "id")"#
                    + living,
                #"CREATE INDEX "items_status_index" ON "items" ("user_id", "status", "created_at", "id")"#
                    + living,
                #"CREATE INDEX "items_name_index" ON "items" ("user_id", "name", "created_at", "id")"#
                    + living,
            ])
        #expect(
            tables[1].column(try SQLIdentifier("item_id"))?.reference
                == .init(try SQLIdentifier("items"), .cascade))
    }

    @Test func `SQLite gets the same as a strict table`() throws {
        #expect(
            TableSQL(engine: .sqlite).create(try sample().tables[0]).text == """
                CREATE TABLE "items" (
                    "row_id" INTEGER PRIMARY KEY,
                    "id" TEXT NOT NULL UNIQUE CHECK (length("id") = 36),
                    "user_id" TEXT NOT NULL CHECK (length("user_id") = 36) REFERENCES "users" ("id") ON DELETE CASCADE,
                    "name" TEXT NOT NULL CHECK (length("name") <= 255),
                    "description" TEXT CHECK (length("description") <= 1000),
                    "status" TEXT NOT NULL DEFAULT 'active' CHECK ("status" IN ('active', 'inactive')),
                    "created_at" INT NOT NULL,
                    "updated_at" INT NOT NULL,
                    "deleted_at" INT
                ) STRICT
                """)
    }

    // S3-20, S3-21
    @Test(arguments: Engine.tested)
    func `what is made is found again as it was declared`(on engine: Engine) async throws {
        let catalog = try ResourceCatalog(Self.everything)
        try await withStore(on: engine) { store in
            try await apply(catalog, to: store)
            let found = try await FoundTables.read(on: engine, store)
            #expect(Set(found.map(\.normalized)) == Set(catalog.tables.map(\.normalized)))
            let again = try await SchemaUpdate(catalog).compare(with: store)
            #expect(again.diff.isEmpty && again.losses.isEmpty)
            // And goes without a trace.
            try await apply(.empty, to: store)
            #expect(try await FoundTables.read(on: engine, store) == [])
        }
    }

    /// Every type with everything that it can have.
    static let everything: [ResourceDeclaration] = {
        let fields = FieldType.allCases.filter { $0 != .reference }.flatMap { type in
            ["plain", "needed", "standard"].compactMap { kind -> ResourceField? in
                var field = ResourceField(
                    kind + type.rawValue.prefix(1).uppercased() + type.rawValue.dropFirst(), type)
                if type == .enumeration {
                    field.values = ["b'c", "a \"b\"", "$1 -- ; DROP", "ä€😀"]
                }
                field.isRequired = kind == "needed"
                if kind == "standard" {
                    switch type {
                    case .text: field.defaultValue = "it's \"$1\"; -- DROP TABLE users /* ? */ ä€😀"
                    case .email: field.defaultValue = "o'hara@example.com"
                    case .url: field.defaultValue = "https://example.com/?a='b'"
                    case .enumeration: field.defaultValue = "b'c"
                    case .integer: field.defaultValue = .integer(-9_007_199_254_740_993)
                    case .number: field.defaultValue = .number(-1.5e-30)
                    case .boolean: field.defaultValue = true
                    case .date: field.defaultValue = "2026-02-28"
                    default: return nil
                    }
                }
                return field
            }
        }
        var sealed = ResourceField("sealed", .email)
        sealed.isPII = true
        var unique = ResourceField("unique", .integer)
        unique.isUnique = true
        var all = ResourceDeclaration("all_types", fields: fields + [sealed, unique])
        all.search = ["plainText", "neededEmail"]
        all.filter = ["plainEnum", "plainDate", "plainInteger", "plainBoolean"]
        var parent = ResourceField("parent", .reference)
        parent.reference = .init("select")
        var other = ResourceField("order", .reference)
        other.reference = .init("all_types", onDelete: .cascade)
        // Keywords are names like all others, and long ones are cut.
        let long = ResourceField(String(repeating: "long", count: 14), .integer)
        var keyword = ResourceDeclaration(
            "select", owner: .organization, deletion: .hard, fields: [parent, other, long])
        keyword.filter = [long.name]
        return [
            keyword, all,
            ResourceDeclaration("free", owner: .none, fields: [ResourceField("table", .text)]),
        ]
    }()

    @Test func `indexes that would have one name are a mistake`() throws {
        func declared(_ name: String, _ field: String) -> ResourceDeclaration {
            var declaration = ResourceDeclaration(name, fields: [ResourceField(field, .integer)])
            declaration.filter = [field]
            return declaration
        }
        let twins = [declared("a_b", "c"), declared("a", "bC")]
        do {
            _ = try ResourceCatalog(twins)
            Issue.record("they were taken")
        } catch {
            #expect(
                error.description
                    == "a.table would have an index of another's name, a_b_c_index: give another `table`"
            )
        }
    }

    @Test(arguments: Engine.tested)
    func `every statement about tables fits the engine`(on engine: Engine) async throws {
        try await withStore(on: engine) { store in
            let problems = await StatementCheck(on: store).problems(in: FoundTables.statements)
            for problem in problems { Issue.record("\(problem)") }
        }
    }

    @Test(arguments: Engine.tested)
    func `what somebody changed by hand is seen and put right`(on engine: Engine) async throws {
        let catalog = try sample()
        try await withStore(on: engine) { store in
            try await apply(catalog, to: store)
            let scripts =
                engine == .sqlite
                ? [
                    "DROP INDEX items_status_index", "DROP TRIGGER items_search_updated",
                    "DROP TABLE item_notes", "CREATE INDEX mine ON items (name)",
                    "ALTER TABLE items ADD COLUMN mine TEXT",
                    "DROP INDEX items_name_index; CREATE INDEX items_name_index ON items (name)",
                    "ALTER TABLE item_notes ADD COLUMN mine ANY",
                ]
                : [
                    "DROP INDEX items_status_index", "DROP INDEX items_search",
                    "DROP TABLE item_notes", "CREATE INDEX mine ON items (name)",
                    "ALTER TABLE items ADD COLUMN mine cidr",
                    "ALTER TABLE items ALTER COLUMN status TYPE text",
                    "ALTER TABLE items ALTER COLUMN status SET DEFAULT lower('ACTIVE')",
                    "ALTER TABLE items DROP CONSTRAINT items_status_check",
                    "ALTER TABLE items ALTER COLUMN name DROP NOT NULL",
                    "ALTER TABLE items ADD CONSTRAINT mine CHECK (name <> 'x')",
                    "ALTER TABLE items DROP COLUMN search_text",
                    "ALTER TABLE items ALTER COLUMN status TYPE varchar(50) COLLATE \"POSIX\"",
                    "ALTER TABLE items ALTER COLUMN status TYPE varchar(50) COLLATE \"default\"",
                    // The right columns, in an order that no list goes along.
                    """
                    DROP INDEX items_name_index;
                    CREATE INDEX items_name_index ON items (user_id, name, created_at, id)
                    WHERE deleted_at IS NULL
                    """,
                ]
            for script in scripts {
                try await store.transaction { try await $0.runScript(script) }
                let comparison = try await SchemaUpdate(catalog).compare(with: store)
                #expect(!comparison.diff.isEmpty, "\(script)")
                if script.contains("ADD CONSTRAINT mine") {
                    // Of a column that has a check beside: the column is another, and made anew.
                    try await store.transaction {
                        try await $0.runScript("ALTER TABLE items DROP CONSTRAINT mine")
                    }
                    continue
                }
                do { try await apply(catalog, to: store) } catch {
                    Issue.record("\(script): \(String(reflecting: error))")
                }
                #expect(
                    try await SchemaUpdate(catalog).compare(with: store).diff.isEmpty, "\(script)")
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `tables that are nobody's resource are left alone`(on engine: Engine) async throws {
        try await withStore(on: engine) { store in
            try await store.transaction { try await $0.runScript("CREATE TABLE mine (a int)") }
            try await apply(try sample(), to: store)
            try await apply(.empty, to: store)
            let count: SQLFragment = "SELECT count(*) FROM mine"
            #expect(try await store.first(count, returning: Single<Int>.self)?.value == 0)
        }
    }
}

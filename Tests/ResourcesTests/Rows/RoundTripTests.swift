import Coding
import DatabaseTesting
import Identity
import SQL
import Secrets
import Testing
import Values

@testable import Resources

/// What a field takes comes back from both engines as it was.
struct RoundTripTests {
    /// Writes a row as it is made by a client, and reads what was written.
    private static func insert(
        _ values: [FieldValue], _ id: ID<ResourceRow>, _ table: Table, in store: TestStore
    ) async throws -> ResourceRow? {
        let (resource, seal) = (table.resource, table.seal)
        let binds = zip(resource.fields, values).map { field, value in
            seal.bind(value, field, of: id, in: resource)
        }
        let now = Instant(microseconds: 1_764_150_000_123_456)
        let organization = ID<Organization>(
            high: testOrganization.high, low: testOrganization.low)
        let sql: SQLFragment = """
            INSERT INTO \(resource.table) (id, organization_id,
                \(resource.fields.map { "\($0.column)" }.joined(by: ", ")), created_at, updated_at)
            VALUES (\(id), \(organization), \(binds.joined(by: ", ")), \(now), \(now))
            RETURNING \(resource.columns)
            """
        return try await store.first(sql, .write) { row throws(DatabaseError) in
            try ResourceRow(row: &row, resource, seal)
        }
    }

    private struct Table: Sendable {
        let resource: Resource
        let seal: FieldSeal
    }

    @Test(arguments: Engine.tested)
    func `random values of every type come back as they were`(on engine: Engine) async throws {
        let table = Table(
            resource: try Samples.unbound(), seal: FieldSeal(try Samples.keyring(1)))
        let catalog = try Samples.unboundCatalog()
        try await withStore(on: engine) { store in
            try await apply(catalog, to: store)
            for seed in UInt64(1)...200 {
                var author = RandomValues(random: SeededNumbers(seed: seed))
                let values = try table.resource.fields.map {
                    try FieldValue(author.value(of: $0), for: $0)
                }
                let id = ID<ResourceRow>(high: seed << 16 | 0x7000, low: 1 << 63)
                let written = try #require(try await Self.insert(values, id, table, in: store))
                let sql: SQLFragment = """
                    SELECT \(table.resource.qualifiedColumns) FROM \(table.resource.table)
                    WHERE id = \(id)
                    """
                let read = try await store.all(sql, .point) { row throws(DatabaseError) in
                    try ResourceRow(row: &row, table.resource, table.seal)
                }
                #expect(read == [written])
                #expect(
                    written.id == id
                        && RowTag.tag(of: written).description == "\"1764150000123456\"")
                #expect(written.userID == nil && written.deletedAt == nil)
                for (index, field) in table.resource.fields.enumerated() {
                    let (sent, found) = (values[index], written.values[index])
                    #expect(sent == found, "seed \(seed), \(field.name) on \(engine)")
                }
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `each value finds its row when it is compared with`(on engine: Engine) async throws {
        let table = Table(
            resource: try Samples.unbound(), seal: FieldSeal(try Samples.keyring(1)))
        let catalog = try Samples.unboundCatalog()
        try await withStore(on: engine) { store in
            try await apply(catalog, to: store)
            for seed in UInt64(1)...20 {
                var author = RandomValues(random: SeededNumbers(seed: seed))
                let values = try table.resource.fields.map {
                    try FieldValue(author.value(of: $0), for: $0)
                }
                let id = ID<ResourceRow>(high: seed << 16 | 0x7000, low: 1 << 63)
                _ = try await Self.insert(values, id, table, in: store)
                for (field, value) in zip(table.resource.fields, values)
                where !field.declaration.isPII && !value.isNull {
                    let sql: SQLFragment = """
                        SELECT id FROM \(table.resource.table)
                        WHERE \(field.column) = \(value.bind(field)) AND id = \(id)
                        """
                    let found = try await store.first(
                        sql, returning: Single<ID<ResourceRow>>.self)
                    // SQLite compares JSON as text, which is as it was written.
                    #expect(found?.value == id, "\(field.name) \(value) on \(engine)")
                }
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `what a row reads is what the statement has`(on engine: Engine) async throws {
        let resource = try Samples.unbound()
        let catalog = try Samples.unboundCatalog()
        let seal = FieldSeal(try Samples.keyring(1))
        try await withStore(on: engine) { store in
            try await apply(catalog, to: store)
            let sql: SQLFragment = """
                SELECT \(resource.columns) FROM \(resource.table)
                """
            let core = sql.core(.scan) { row throws(DatabaseError) in
                try ResourceRow(row: &row, resource, seal)
            }
            #expect(core.columns().count == resource.fields.count + 6)
            let problems = await StatementCheck(on: store).problems(in: [core])
            #expect(problems == [])
        }
    }

    @Test(arguments: Engine.tested)
    func `personal data is sealed in the table, for its place and no other`(
        on engine: Engine
    ) async throws {
        let table = Table(
            resource: try Samples.unbound(), seal: FieldSeal(try Samples.keyring(1)))
        let catalog = try Samples.unboundCatalog()
        try await withStore(on: engine) { store in
            try await apply(catalog, to: store)
            let ids = [1, 2].map { ID<ResourceRow>(high: $0 << 16 | 0x7000, low: 1 << 63) }
            for id in ids {
                let values = table.resource.fields.map { field -> FieldValue in
                    switch field.declaration.name {
                    case "ownText": .text("born in 1815")
                    case "ownEmail": .text("ada@example.com")
                    default: FieldValue.filler(field)
                    }
                }
                _ = try await Self.insert(values, id, table, in: store)
            }
            let stored = try await rows("things", ["own_text", "own_email", "own_url"], in: store)
            #expect(Set(stored).count == 2)
            for row in stored {
                #expect(row.hasPrefix("a1.1.") && !row.contains("1815") && !row.contains("ada"))
            }
            try await Self.exchange(in: store)
            let sql: SQLFragment = """
                SELECT \(table.resource.columns) FROM \(table.resource.table)
                """
            await #expect(throws: DatabaseError.self) {
                try await store.all(sql) { row throws(DatabaseError) in
                    try ResourceRow(row: &row, table.resource, table.seal)
                }
            }
        }
    }

    /// Puts one row's sealed value into the other.
    private static func exchange(in store: TestStore) async throws {
        let all: SQLFragment = "UPDATE things SET own_text = (SELECT max(own_text) FROM things)"
        try await store.execute(all)
    }

    @Test(arguments: Engine.tested)
    func `when keys rotate, personal data is sealed anew, under the name that it has`(
        on engine: Engine
    ) async throws {
        let old = try Samples.unboundCatalog()
        try await withStore(on: engine) { store in
            try await apply(old, to: store)
            let resource = try #require(old["things"])
            let table = Table(resource: resource, seal: FieldSeal(try Samples.keyring(1)))
            var written: [ResourceRow] = []
            for number in UInt64(1)...250 {
                let values = resource.fields.map { field -> FieldValue in
                    field.declaration.name == "ownText"
                        ? .text("born in \(number)") : FieldValue.filler(field)
                }
                let id = ID<ResourceRow>(high: number << 16 | 0x7000, low: 1 << 63)
                written.append(try #require(try await Self.insert(values, id, table, in: store)))
            }
            // The field is renamed, and a new key stands in front.
            let renamed = try Samples.unboundCatalog { field in
                if field.name == "ownText" { (field.name, field.formerName) = ("life", "ownText") }
            }
            try await apply(renamed, to: store)
            let now = try #require(renamed["things"])
            let both = FieldSeal(try Samples.keyring(2, 1))
            #expect(try await Self.read(now, both, in: store) == written)
            let columns = both.columns(of: renamed)
            #expect(columns.map(\.name) == ["things.life", "things.own_email", "things.own_url"])
            // With the same key, what is sealed gets its new name.
            let same = table.seal.columns(of: renamed)
            #expect(try await same[0].reseal(in: store) == 250)
            #expect(try await same[0].reseal(in: store) == 0)
            #expect(try await columns[0].count(in: store) == [1: 250])
            #expect(try await columns[0].reseal(in: store) == 250)
            #expect(try await columns[1].reseal(in: store) == 0)
            #expect(try await columns[0].count(in: store) == [2: 250])
            #expect(try await columns[0].reseal(in: store) == 0)
            // Without the old key, and without the old name.
            let after = FieldSeal(try Samples.keyring(2))
            let forgotten = try Samples.unboundCatalog { field in
                if field.name == "ownText" { field.name = "life" }
            }
            let last = try #require(forgotten["things"])
            #expect(try await Self.read(last, after, in: store) == written)
        }
    }

    private static func read(
        _ resource: Resource, _ seal: FieldSeal, in store: TestStore
    ) async throws -> [ResourceRow] {
        let sql: SQLFragment = """
            SELECT \(resource.columns) FROM \(resource.table) ORDER BY id
            """
        return try await store.all(sql) { row throws(DatabaseError) in
            try ResourceRow(row: &row, resource, seal)
        }
    }
}

extension FieldValue {
    /// Null where the field may be, else something that it takes.
    fileprivate static func filler(_ field: Resource.Field) -> FieldValue {
        if field.declaration.allowsNull { return .null }
        return (try? FieldValue(FieldShape(field).example, for: field)) ?? .null
    }
}

extension Samples {
    /// The same resource without references, so that any row may be written.
    static func unboundCatalog(
        _ change: (inout ResourceField) -> Void = { _ in }
    ) throws -> ResourceCatalog {
        var fields = (plain() + limited() + personal()).filter { $0.type != .reference }
        for index in fields.indices { change(&fields[index]) }
        return try ResourceCatalog([
            ResourceDeclaration("things", owner: .organization, fields: fields)
        ])
    }

    static func unbound() throws -> Resource {
        guard let things = try unboundCatalog()["things"] else { throw Invalid.unknown }
        return things
    }
}

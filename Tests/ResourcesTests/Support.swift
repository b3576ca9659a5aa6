import DatabaseTesting
import SQL
import Values

@testable import Resources

/// Runs `body` on a loop with a database that has users, organizations, and the list of resources'
/// tables.
func withStore(
    on engine: Engine, _ body: @escaping @Sendable (TestStore) async throws -> Void
) async throws {
    try await TestDatabase.opened(on: engine, isDurable: false) { stores, _ in
        try await prepare(stores[0])
        try await body(stores[0])
    }
}

/// Stands for whatever a row is of.
enum Anything {}

let testUser = ID<Anything>(high: 0x0199_0000_0000_7000, low: 0x8000_0000_0000_0001)
let testOrganization = ID<Anything>(high: 0x0199_0000_0000_7000, low: 0x8000_0000_0000_0002)

private func prepare(_ store: TestStore) async throws {
    let type = store.engine == .sqlite ? "TEXT" : "uuid"
    let script = """
        CREATE TABLE users (id \(type) PRIMARY KEY);
        CREATE TABLE organizations (id \(type) PRIMARY KEY);
        INSERT INTO users (id) VALUES ('\(testUser)');
        INSERT INTO organizations (id) VALUES ('\(testOrganization)');
        """
    try await store.transaction { transaction in
        try await transaction.runScript(script)
        try await transaction.runScript(ResourceTables.migration.script(for: transaction.engine).up)
    }
}

/// Makes the tables of a database what is declared.
func apply(
    _ catalog: ResourceCatalog, to store: TestStore, mends: Bool = false
) async throws {
    let update = SchemaUpdate(catalog)
    let comparison = try await update.compare(with: store)
    let migrator = try Migrator([], clock: .system)
    try await migrator.exclusively(on: store) { transaction in
        try await update.apply(comparison, mends: mends, on: transaction)
    }
}

/// Rows as texts, in the order of their ids.
func rows(
    _ table: String, _ columns: [String], in store: TestStore
) async throws -> [String] {
    let names = try columns.map { name -> SQLFragment in
        "coalesce(CAST(\(try SQLIdentifier(name)) AS text), 'null')"
    }
    let table = try SQLIdentifier(table)
    let sql: SQLFragment = """
        SELECT \(names.joined(by: " || '|' || ")) FROM \(table) ORDER BY id
        """
    return try await store.all(sql, returning: Single<String>.self).map(\.value)
}

import DatabaseTesting
import Loop
import PostgresStore
import SQL
import SQLiteStore
import Values

@testable import Resources

/// An engine's store of one test: a database whose statements can be looked at.
typealias Store = any Database & StatementDescriber

/// Runs `body` on a loop with a database that has users, organizations, and the list of resources'
/// tables.
func withStore(
    on engine: Engine, _ body: @escaping @Sendable (Store) async throws -> Void
) async throws {
    let place = try TestDatabase(on: engine)
    defer { place.remove() }
    let loops = EventLoopGroup(count: 1)
    loops.start()
    defer {
        loops.stop()
        loops.join()
    }
    try await loops.any.spawn(throwing: {
        let (store, close) = try await open(place, loops)
        let result: Result<Void, any Error>
        do {
            try await prepare(store)
            result = .success(try await body(store))
        } catch {
            result = .failure(error)
        }
        await close()
        try result.get()
    }).value
}

private func open(
    _ place: TestDatabase, _ loops: EventLoopGroup
) async throws -> (Store, close: @Sendable () async -> Void) {
    switch place.engine {
    case .sqlite:
        var options = SQLiteOptions()
        // What is tested is not the time: a machine that builds beside may take long.
        options.bodyTimeMax = .seconds(30)
        options.isDurable = false
        let store = try SQLiteStore.open(path: place.location, loops: loops, options: options)
        return (store, { await store.close() })
    case .postgres:
        var options = PostgresOptions(url: place.location)
        options.transactionTimeout = .seconds(20)
        let store = try await PostgresStore.open(options, loops: loops)
        return (store, { await store.close() })
    }
}

/// Stands for whatever a row is of.
enum Anything {}

let testUser = ID<Anything>(high: 0x0199_0000_0000_7000, low: 0x8000_0000_0000_0001)
let testOrganization = ID<Anything>(high: 0x0199_0000_0000_7000, low: 0x8000_0000_0000_0002)

private func prepare(_ store: Store) async throws {
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
    _ catalog: ResourceCatalog, to store: Store, mends: Bool = false
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
    _ table: String, _ columns: [String], in store: Store
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

import DatabaseTesting
import Loop
import SQL
import Testing

@testable import PostgresStore

/// Statements that the tests share.
enum Sample {
    static let echo = Statement(
        .point, "SELECT $1 + 0", binds: Int64.self, returns: Single<Int64>.self)
    static let divide = Statement(
        .point, "SELECT 1 / $1", binds: Int64.self, returns: Single<Int64>.self)
    static let nap = Statement(
        .point, "SELECT 1::bigint FROM pg_sleep($1)", binds: Double.self,
        returns: Single<Int64>.self)
    /// Sleeps as long as the table says at the moment.
    static let tableNap = Statement(
        .point, "SELECT 1::bigint FROM naps, LATERAL pg_sleep(naps.seconds)",
        returns: Single<Int64>.self)
    static let longNap = Statement(
        .scan, "SELECT 1::bigint FROM pg_sleep($1)", binds: Double.self,
        returns: Single<Int64>.self)
    static let unknownColumn = Statement(
        .point, "SELECT nope FROM notes WHERE id = $1", binds: Int64.self,
        returns: Single<Int64>.self)
    static let insert = Statement(
        .write, "INSERT INTO notes(id, body) VALUES ($1, $2)", binds: Int64.self, String.self)
    static let slowInsert = Statement(
        .write, "INSERT INTO notes(id, body) SELECT $1, 'slow' FROM pg_sleep($2)",
        binds: Int64.self, Double.self)
    static let insertChild = Statement(
        .write, "INSERT INTO children(id, note_id) VALUES ($1, $2)", binds: Int64.self, Int64.self)
    static let update = Statement(
        .write, "UPDATE notes SET body = $2 WHERE id = $1", binds: Int64.self, String.self)
    static let body = Statement(
        .point, "SELECT body FROM notes WHERE id = $1", binds: Int64.self,
        returns: Single<String>.self)
    static let anyNote = Statement(
        .point, "SELECT * FROM notes WHERE id = $1", binds: Int64.self,
        returns: Single<Int64>.self)
    static let count = Statement(
        .point, "SELECT count(*) FROM notes", returns: Single<Int64>.self)
    static let pid = Statement(
        .point, "SELECT pg_backend_pid()::bigint", returns: Single<Int64>.self)
}

/// For what blocks: the tasks of other tests must go on meanwhile.
let blocking = BlockingPool(name: "tests", threads: 4, queueLimit: 1000)

/// A store on a fresh database with two tables, and a superuser's way around it.
struct StoreFixture: Sendable {
    let store: PostgresStore
    let cluster: PostgresCluster
    let url: String
    let database: String

    static let schema = """
        CREATE TABLE notes(id bigint PRIMARY KEY, body text NOT NULL CHECK (body <> ''));
        CREATE TABLE naps(seconds double precision NOT NULL);
        INSERT INTO naps VALUES (30);
        CREATE TABLE children(
            id bigint PRIMARY KEY,
            note_id bigint NOT NULL REFERENCES notes(id) DEFERRABLE INITIALLY DEFERRED)
        """

    /// Runs SQL as a superuser on a connection of its own, away from the tasks' threads.
    @discardableResult
    func superuser(_ sql: String) async throws -> [String] {
        try await blocking.run { Result { try cluster.run(sql, in: database) } }.get()
    }

    /// Ends the store's connections as an operator or a crash would, or with `pg_cancel_backend`
    /// only what they run.
    func endConnections(_ function: String = "pg_terminate_backend") async throws {
        try await superuser(
            """
            SELECT \(function)(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
            """)
    }

    /// Returns when a backend of this database runs something that contains `text`.
    func waitUntilRunning(_ text: String) async throws {
        for _ in 0..<2000 {
            let running = try await superuser(
                """
                SELECT 1 FROM pg_stat_activity WHERE datname = current_database()
                AND pid <> pg_backend_pid() AND state = 'active' AND query LIKE '%\(text)%'
                """)
            if !running.isEmpty { return }
        }
        throw PostgresCluster.NeverHappened(what: text)
    }
}

extension PostgresCluster {
    struct NeverHappened: Error { let what: String }
}

func withStore(
    on own: PostgresCluster? = nil, _ change: (inout PostgresOptions) -> Void = { _ in },
    _ body: (StoreFixture) async throws -> Void
) async throws {
    let cluster = try own ?? .shared
    let url = try cluster.makeDatabase()
    var options = PostgresOptions(url: url)
    // How long things take on a machine that runs all tests at once is not tested here.
    options.transactionTimeout = .seconds(20)
    change(&options)
    let database = String(url.split(separator: "/")[1].prefix { $0 != "?" })
    try cluster.run(StoreFixture.schema, in: database)
    let store = try await PostgresStore.open(options, loops: testLoops)
    let fixture = StoreFixture(store: store, cluster: cluster, url: url, database: database)
    do {
        try await body(fixture)
    } catch {
        await store.close()
        throw error
    }
    await store.close()
    try cluster.dropDatabase(url: url)
}

/// The code of the database error that `body` throws, or nil.
func code(
    of body: @Sendable () async throws -> some Sendable
) async -> DatabaseError.Code? {
    do {
        _ = try await body()
        return nil
    } catch {
        return (error as? DatabaseError)?.code
    }
}

/// Expects `body` to end with this code, nil for no error.
func expect(
    _ expected: DatabaseError.Code?, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: @Sendable () async throws -> some Sendable
) async {
    let found = await code(of: body)
    #expect(found == expected, sourceLocation: sourceLocation)
}

import CSQLite
import DatabaseTesting
import Foundation
import Measuring
import SQL

/// An `atrium serve` of this build on a free port, as it comes apart from what stands in `settings`.
final class BenchServer {
    /// Nothing is logged for a request, as with the peers; one address may ask without end.
    static let settings = [
        "log.level=warn", "log.requests=false", "limits.guards=false", "limits.traffic.isOn=false",
        "http.limits.connections=15000", "http.limits.idleTime=10m",
    ]

    let port = LoopbackSocket.freePort()
    let engine: Engine
    let data: String
    let child: Child
    private let bench: Bench
    private let database: String?

    /// `extraSettings` stand beside `settings`.
    init(_ bench: Bench, on engine: Engine, _ extraSettings: [String] = []) throws {
        self.bench = bench
        self.engine = engine
        data = bench.path("data-\(port)")
        database = engine == .postgres ? try bench.cluster.makeDatabase() : nil
        child = try Self.spawn(
            port: port, data: data, database: database, log: bench.path("atrium-\(port).log"),
            extraSettings)
        try waitForHealth()
    }

    static func spawn(
        port: Int, data: String, database: String?, log: String, _ extraSettings: [String] = []
    ) throws -> Child {
        try Child(
            [
                ServerProcess.path(of: "atrium"), "serve", "--http", "127.0.0.1:\(port)", "--data",
                data,
            ] + (settings + extraSettings).flatMap { ["--set", $0] },
            environment: database.map { ["DATABASE_URL": $0] } ?? [:], log: log)
    }

    private func waitForHealth() throws {
        for _ in 0..<2000 where child.isRunning {
            if HTTPExchange(port: port).send("GET", "/health")?.status == 200 { return }
            usleep(5000)
        }
        throw Problem("atrium does not answer: \(child.lines.last ?? "no word")")
    }

    /// Ends it in order.
    func stop() {
        child.end()
        if let database { try? bench.cluster.dropDatabase(url: database) }
        try? FileManager.default.removeItem(atPath: data)
    }

    // MARK: Users

    static let password = "Analytical1"
    static let email = "ada@example.com"

    /// What a user has in hand after signing up: a session cookie, an access token, his id.
    struct Pass {
        let cookie: String
        let accessToken: String
        let user: String
    }

    func signUp() throws -> Pass {
        let connection = try connect()
        let user = #"{"email":"\#(Self.email)","password":"\#(Self.password)","name":"Ada"}"#
        let registered = connection.send("POST", "/api/v1/auth/register", json: user)
        let tokens = try JSONDecoder().decode(
            SignedIn.self, from: Data((registered?.body ?? "").utf8))
        let signedIn = connection.send("POST", "/api/auth/sign-in/email", json: user)
        guard let cookie = signedIn?.field("set-cookie")?.prefix(while: { $0 != ";" }) else {
            throw Problem("no session cookie: \(signedIn?.body ?? "no answer")")
        }
        return Pass(
            cookie: String(cookie), accessToken: tokens.tokens.accessToken, user: tokens.user.id)
    }

    struct SignedIn: Decodable {
        struct Tokens: Decodable { let accessToken, refreshToken: String }
        struct User: Decodable { let id: String }
        let tokens: Tokens
        let user: User
    }

    func connect() throws -> LoadConnection {
        guard let connection = LoadConnection(port: port) else {
            throw Problem("atrium takes no connection")
        }
        return connection
    }

    // MARK: Rows of the database

    /// 10,000 users with a session each beside ours: an index of some depth, and fresh statistics.
    func fill() throws {
        switch engine {
        case .sqlite: try runOnSQLite(Filling.sqlite)
        case .postgres: _ = try query(Filling.postgres)
        }
    }

    /// As many items of one user, and fresh statistics.
    func fill(with items: ListedItems, of user: String) throws {
        let filling = items.filling(on: engine, user: user)
        switch engine {
        case .sqlite: try runOnSQLite(filling)
        case .postgres:
            _ = try query(filling)
            _ = try query("VACUUM ANALYZE items")
        }
    }

    /// A connection of the engine's own library to the same database.
    func bareStatements() throws -> any BareStatements {
        switch engine {
        case .sqlite: try BareSQLite(data + "/atrium.db")
        case .postgres: try BarePostgres(try bench.cluster.url(of: databaseName))
        }
    }

    /// Deletes every session behind the program's back.
    func deleteSessions() throws {
        let sql = "DELETE FROM sessions"
        switch engine {
        case .sqlite: try runOnSQLite(sql)
        case .postgres: _ = try query(sql)
        }
    }

    var databaseName: String {
        String((database ?? "").split(separator: "/").dropFirst().first?.prefix { $0 != "?" } ?? "")
    }

    /// PostgreSQL only: the first column of what a query gives.
    func query(_ sql: String) throws -> [String] {
        try bench.cluster.run(sql, in: databaseName)
    }

    private func runOnSQLite(_ sql: String) throws {
        var connection: OpaquePointer?
        defer { sqlite3_close(connection) }
        guard sqlite3_open(data + "/atrium.db", &connection) == SQLITE_OK,
            sqlite3_busy_timeout(connection, 5000) == SQLITE_OK,
            sqlite3_exec(connection, "PRAGMA foreign_keys = ON", nil, nil, nil) == SQLITE_OK,
            sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK
        else { throw Problem(String(cString: sqlite3_errmsg(connection))) }
    }
}

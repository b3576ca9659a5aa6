import DatabaseTesting
import Identity
import Measuring
import SQL

extension BenchRow {
    static let plain = BenchRow(name: "plain", what: "a route without a database, beside nginx") {
        bench in
        let server = try BenchServer(bench, on: .sqlite)
        defer { server.stop() }
        return try await RouteRun(bench, server, "/api/auth/ok").besideNginx(
            "plain", "plain JSON route", atLeast: 0.9)
    }

    static let sessionOnSQLite = BenchRow(
        name: "session-sqlite", what: "session cookie to user, SQLite, beside nginx"
    ) { bench in
        let server = try BenchServer(bench, on: .sqlite)
        defer { server.stop() }
        let run = try RouteRun(session: bench, server)
        let lines = try await run.besideNginx(
            "session-sqlite", "session lookup, SQLite", atLeast: 0.6)
        try run.checkThatRowsAreRead()
        return lines
    }

    static let sessionOnPostgres = BenchRow(
        name: "session-postgres", what: "session cookie to user, PostgreSQL, beside pgbench"
    ) { bench in
        let server = try BenchServer(bench, on: .postgres)
        defer { server.stop() }
        let run = try RouteRun(session: bench, server)
        let lines = try await run.besidePgbench()
        try run.checkThatRowsAreRead()
        return lines
    }

    static let token = BenchRow(name: "jwt", what: "access token to user, SQLite, beside nginx") {
        bench in
        let server = try BenchServer(bench, on: .sqlite)
        defer { server.stop() }
        try server.fill()
        let field = "Authorization: Bearer " + (try server.signUp()).accessToken
        return try await RouteRun(bench, server, "/api/v1/auth/me", [field]).besideNginx(
            "jwt", "access token check, session from the cache")
    }
}

/// One GET route of ours, and the same answer from a peer.
struct RouteRun {
    private let bench: Bench
    private let server: BenchServer
    private let path: String
    private let fields: [String]
    private let answer: LoadConnection.Answer

    init(_ bench: Bench, _ server: BenchServer, _ path: String, _ fields: [String] = []) throws {
        (self.bench, self.server, self.path) = (bench, server, path)
        self.fields = Self.browser + fields
        let answer = try server.connect().send("GET", path, fields: self.fields)
        guard let answer, answer.status == 200, answer.body != "null" else {
            throw Problem("GET \(path): \(answer?.status ?? 0) \(answer?.body ?? "no answer")")
        }
        self.answer = answer
    }

    /// get-session with a cookie, among 10,000 other sessions.
    init(session bench: Bench, _ server: BenchServer) throws {
        try server.fill()
        let cookie = try server.signUp().cookie
        try self.init(bench, server, "/api/auth/get-session", ["Cookie: \(cookie)"])
    }

    /// What a browser sends along, for a head of a usual size.
    private static let browser = [
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120 Safari/537.36",
        "Accept: text/html,application/json;q=0.9,*/*;q=0.8",
        "Accept-Encoding: gzip, deflate, br", "Accept-Language: en-US,en;q=0.5",
    ]

    private var ours: Wrk {
        Wrk(port: server.port, path: path, fields: fields, pid: server.child.pid)
    }

    // MARK: nginx

    /// Two lines: nginx with the fields that we send, which is what counts, and with its own only.
    func besideNginx(_ row: String, _ what: String, atLeast least: Double? = nil) async throws
        -> [BenchLine]
    {
        let nginx = try Nginx(bench, as: answer)
        defer { nginx.child.end() }
        let paths = ["/same", "/bare"]
        let peers = paths.map {
            Wrk(port: nginx.port, path: $0, fields: fields, pid: nginx.child.pid)
        }
        for side in [ours] + peers { _ = try side.measure(bench, seconds: 1) }
        let runs = try await bench.alternate(
            [("Atrium", { try ours.measure(bench) })]
                + peers.map { peer in ("nginx \(peer.path)", { try peer.measure(bench) }) })
        return [
            BenchLine(
                row, what, ours: runs[0], peer: runs[1], peerName: "nginx, same fields",
                atLeast: least),
            BenchLine(
                row, what, ours: runs[0], peer: runs[2], peerName: "nginx, its own fields"),
        ]
    }

    // MARK: pgbench

    /// The text is the program's own; its values are those of the cookie in use. As many connections
    /// as we have clients are what is asked for; few of them are the stronger peer.
    func besidePgbench() async throws -> [BenchLine] {
        let counts = [64, 8]
        let peers = try counts.map { try pgbench(clients: $0) }
        _ = try ours.measure(bench, seconds: 1)
        for peer in peers { _ = try peer.measure(bench, seconds: 1) }
        var inPostgres: [Double] = []
        let runs = try await bench.alternate(
            [("Atrium", { try measureWithPostgres(&inPostgres) })]
                + zip(counts, peers).map { count, peer in
                    ("pgbench -c \(count)", { try peer.measure(bench) })
                })
        let row = "session-postgres"
        let what = "session lookup, PostgreSQL"
        return [
            BenchLine(
                row, what, ours: runs[0], peer: runs[1], peerName: "pgbench -c 64", atLeast: 0.8),
            BenchLine(row, what, ours: runs[0], peer: runs[2], peerName: "pgbench -c 8"),
            BenchLine(
                row, "processor time in PostgreSQL for each", median(inPostgres), "us",
                beside: "pgbench -c 64 \(Self.total(runs[1])), -c 8 \(Self.total(runs[2])) us"),
        ]
    }

    private static func total(_ runs: Runs) -> String {
        Text.decimal(runs.cost.map { $0.user + $0.kernel } ?? 0, 1)
    }

    private func measureWithPostgres(_ inPostgres: inout [Double]) throws -> Sample {
        let postgres = try bench.cluster.pid
        let before = Usage(of: postgres)
        let sample = try ours.measure(bench)
        let cost = (Usage(of: postgres) - before).cost(of: Int(sample.rate) * bench.seconds)
        inPostgres.append(cost.user + cost.kernel)
        return sample
    }

    private func pgbench(clients: Int) throws -> Pgbench {
        let rows = try server.query(
            """
            SELECT token_hash::text || ' ' || now()::text FROM sessions s
            JOIN users u ON u.id = s.user_id WHERE u.email = 'ada@example.com'
            ORDER BY s.created_at DESC
            """)
        let values = rows.first?.split(separator: " ", maxSplits: 1).map(String.init) ?? []
        guard values.count == 2 else { throw Problem("there is no session to look up") }
        return Pgbench(
            cluster: try bench.cluster, database: server.databaseName,
            script: pgbenchScript(Session.find.core.postgresText, ["hash", "moment"]),
            variables: ["hash": values[0], "moment": values[1]], clients: clients)
    }

    // MARK: Proof

    /// A lookup that a cache answers is not one: sessions that are deleted behind the program's back
    /// must be gone with the next request.
    func checkThatRowsAreRead() throws {
        try server.deleteSessions()
        let after = try server.connect().send("GET", path, fields: fields)
        guard after?.body == "null" else {
            throw Problem("a deleted session is still found: this measured a cache")
        }
    }
}

import DatabaseTesting
import Identity
import Measuring
import Resources
import SQL

extension BenchRow {
    /// Of one user who has a thousand items.
    static let listOnPostgres = BenchRow(
        name: "list-postgres",
        what: "a page of 20 of 1,000 rows with their count, PostgreSQL, beside pgbench"
    ) { bench in
        let side = try ListSide(bench, on: .postgres, count: 1000)
        defer { side.server.stop() }
        let ours = Wrk(
            port: side.server.port, path: "/api/v1/items", fields: [side.field],
            pid: side.server.child.pid)
        let page = try statement(side)
        let peers = [
            try pgbench(bench, side, ListedItems.plainStatements, clients: 64),
            try pgbench(bench, side, ListedItems.plainStatements, clients: 8),
            try pgbench(bench, side, [page], clients: 64),
        ]
        _ = try ours.measure(bench, seconds: 1)
        for peer in peers { _ = try peer.measure(bench, seconds: 1) }
        let runs = try await bench.alternate([
            ("Atrium", { try ours.measure(bench) }),
            ("pgbench -c 64", { try peers[0].measure(bench) }),
            ("pgbench -c 8", { try peers[1].measure(bench) }),
            ("pgbench -c 64, in one", { try peers[2].measure(bench) }),
        ])
        let what = "list of 20 of 1,000 with count, PostgreSQL"
        return [
            BenchLine(
                "list-postgres", what, ours: runs[0], peer: runs[1], peerName: "pgbench -c 64",
                atLeast: 0.8),
            BenchLine(
                "list-postgres", what, ours: runs[0], peer: runs[2], peerName: "pgbench -c 8"),
            BenchLine(
                "list-postgres", what, ours: runs[0], peer: runs[3],
                peerName: "pgbench -c 64, page and count in one statement"),
        ]
    }

    /// The one statement that a page is here.
    private static func statement(_ side: ListSide) throws -> String {
        let query = try side.items.parameters.read([])
        let rules = RuleCaller(.user(side.user)).condition(.read, of: side.items.resource)
        return ListSQL(query, of: side.items.resource, on: .postgres, under: rules.sql).page.text
    }

    /// Some statements about the user's items as one turn of pgbench.
    private static func pgbench(
        _ bench: Bench, _ side: ListSide, _ statements: [String], clients: Int
    ) throws -> Pgbench {
        Pgbench(
            cluster: try bench.cluster, database: side.server.databaseName,
            script: statements.map { pgbenchScript($0, ["user", "user"]) }.joined(),
            variables: ["user": "\(side.user)"], clients: clients)
    }

    static let listsOnSQLite = BenchRow(
        name: "lists-sqlite",
        what: "lists of 1,000,000 rows beside 1,000, and SQLite's C library, SQLite"
    ) { try lists($0, on: .sqlite) }

    static let listsOnPostgres = BenchRow(
        name: "lists-postgres",
        what: "lists of 1,000,000 rows beside 1,000, and libpq, PostgreSQL"
    ) { try lists($0, on: .postgres) }

    /// One client, one request after the other: what each costs, not how many there may be.
    private static func lists(_ bench: Bench, on engine: Engine) throws -> [BenchLine] {
        let few = try ListSide(bench, on: engine, count: 1000)
        defer { few.server.stop() }
        let many = try ListSide(bench, on: engine, count: bench.rounds > 1 ? 1_000_000 : 100_000)
        defer { many.server.stop() }
        return try ListRequest.all.map { request in
            let measured = try ListTimes(request, few: few, many: many, rounds: bench.rounds)
            say("  \(request.name.padded(to: 32)) \(measured.line(engine).ours)")
            return measured.line(engine)
        }
    }
}

/// How long a request took in each round: through the program and through the C library, with few
/// rows and with many.
private struct ListTimes {
    private let request: ListRequest
    private let count: Int
    private var ours: [(few: Double, many: Double)] = []
    private var alone: [(few: Double, many: Double)] = []

    init(_ request: ListRequest, few: ListSide, many: ListSide, rounds: Int) throws {
        self.request = request
        count = many.items.count
        for _ in 0..<rounds {
            ours.append(
                (try Self.p99(few.ours(request, for: 1)), try Self.p99(many.ours(request, for: 1))))
            alone.append(
                (
                    try Self.p99(few.alone(request, for: 1)),
                    try Self.p99(many.alone(request, for: 1))
                ))
        }
    }

    private static func p99(_ latencies: Latencies) throws -> Double {
        guard let time = latencies.percentile(99) else { throw Problem("nothing was measured") }
        return time
    }

    func line(_ engine: Engine) -> BenchLine {
        let few = Text.decimal(median(ours.map(\.few)), 2)
        let bare = [median(alone.map(\.many)), median(alone.map(\.few))]
            .map { Text.decimal($0, 2) }
        return BenchLine(
            "lists-\(engine)", "\(request.name), p99 at \(Text.grouped(count)) rows",
            median(ours.map(\.many)), "ms",
            ratio: median(ours.map { $0.many / max($0.few, 0.001) }),
            atMost: request.most,
            beside: "at 1,000 \(few); C library \(bare[0]) and \(bare[1]) ms")
    }
}

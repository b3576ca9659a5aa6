import DatabaseTesting
import Foundation
import Loop
import Measuring
import PostgresStore
import SQL
import SQLiteStore
import Values

extension BenchRow {
    static let insertOnSQLite = BenchRow(
        name: "insert-sqlite", what: "durable inserts by 64 tasks, beside SQLite's C API alone"
    ) { bench in
        let inserts = SQLiteInserts(bench)
        let runs = try await bench.alternate([
            ("store, 64 tasks", { try await inserts.byStore() }),
            ("alone, 100 rows a commit", { try await inserts.alone(rowsPerTransaction: 100) }),
            ("alone, 1 row a commit", { try await inserts.alone(rowsPerTransaction: 1) }),
        ])
        let what = "durable insert, SQLite, 64 tasks"
        return [
            BenchLine(
                "insert-sqlite", what, ours: runs[0], peer: runs[1],
                peerName: "SQLite alone, 100 rows a commit", atLeast: 0.5),
            BenchLine(
                "insert-sqlite", what, ours: runs[0], peer: runs[2],
                peerName: "SQLite alone, 1 row a commit"),
        ]
    }

    static let insertOnPostgres = BenchRow(
        name: "insert-postgres", what: "durable inserts by 64 tasks, beside pgbench"
    ) { bench in
        let inserts = try PostgresInserts(bench)
        defer { inserts.remove() }
        _ = try await inserts.byStore(seconds: 1)
        let peer = inserts.pgbench
        let runs = try await bench.alternate([
            ("store, 64 tasks", { try await inserts.byStore(seconds: bench.seconds) }),
            ("pgbench -c 64", { try peer.measure(bench) }),
        ])
        return [
            BenchLine(
                "insert-postgres", "durable insert, PostgreSQL, 64 tasks", ours: runs[0],
                peer: runs[1], peerName: "pgbench -c 64", atLeast: 0.8)
        ]
    }
}

/// Tasks on event loops that do one thing after the other, each for a time.
private func repeated(
    _ tasks: Int, on loops: EventLoopGroup, for seconds: Int,
    _ work: @escaping @Sendable (_ number: Int) async throws -> Void
) async throws -> Sample {
    let before = Usage.own
    let total = try await withThrowingTaskGroup(of: (rate: Double, count: Int).self) { group in
        for task in 0..<tasks {
            let loop = loops.loops[task % loops.loops.count]
            group.addTask(executorPreference: loop) {
                var stopwatch = Stopwatch(seconds: seconds)
                while !stopwatch.isOver { try await work(task + stopwatch.count) }
                return (stopwatch.rate, stopwatch.count)
            }
        }
        return try await group.reduce((0, 0)) { ($0.0 + $1.rate, $0.1 + $1.count) }
    }
    return Sample(rate: total.0, cost: (Usage.own - before).cost(of: total.1))
}

/// The same row into a new file: through the store, and through SQLite's own interface.
private struct SQLiteInserts {
    let bench: Bench

    init(_ bench: Bench) {
        self.bench = bench
    }

    func byStore() async throws -> Sample {
        try await onNewStore { store, loops in
            try await repeated(64, on: loops, for: bench.seconds) { number in
                let now = Clock.system.now
                try await store.execute(
                    Item.insert, ID(at: now, from: .system), Item.owner(number), Item.title,
                    Item.body, false, 3, now, now)
            }
        }
    }

    func alone(rowsPerTransaction rows: Int) async throws -> Sample {
        let path = try await onNewStore { _, _ in bench.path("inserts.db") }
        defer { remove(path) }
        return Sample(
            rate: try SQLiteAlone(path).insert(for: bench.seconds, rowsPerTransaction: rows))
    }

    /// A file with an empty table; it is removed unless `body` gives its path on.
    private func onNewStore<Output>(
        _ body: (SQLiteStore, EventLoopGroup) async throws -> Output
    ) async throws -> Output {
        let path = bench.path("inserts.db")
        remove(path)
        let loops = EventLoopGroup(count: 1)
        loops.start()
        defer {
            loops.stop()
            loops.join()
        }
        let store = try SQLiteStore.open(path: path, loops: loops)
        try await store.transaction { try await $0.runScript(Item.schema) }
        let output = try await body(store, loops)
        await store.close()
        return output
    }

    private func remove(_ path: String) {
        for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
    }
}

/// The same row into the same table: through the store, and through pgbench.
private struct PostgresInserts {
    private let bench: Bench
    private let cluster: PostgresCluster
    private let url: String

    init(_ bench: Bench) throws {
        self.bench = bench
        cluster = try bench.cluster
        url = try cluster.makeDatabase()
        try cluster.run(Note.schema, in: database)
    }

    func remove() { try? cluster.dropDatabase(url: url) }

    private var database: String {
        String(url.split(separator: "/")[1].prefix { $0 != "?" })
    }

    var pgbench: Pgbench {
        Pgbench(
            cluster: cluster, database: database,
            script: "\\set owner random(1, 1000)\n"
                + pgbenchScript(Note.insert.core.postgresText, ["owner", "title"]),
            variables: ["title": Item.title])
    }

    /// As the server has it: a loop for each core, eight connections for writes on each.
    func byStore(seconds: Int) async throws -> Sample {
        let loops = EventLoopGroup(count: Bench.cores)
        loops.start()
        defer {
            loops.stop()
            loops.join()
        }
        let store = try await PostgresStore.open(PostgresOptions(url: url), loops: loops)
        let sample = try await repeated(64, on: loops, for: seconds) { number in
            _ = try await store.first(Note.insert, number % 1000 + 1, Item.title)
        }
        await store.close()
        return sample
    }
}

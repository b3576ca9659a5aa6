import Bus
import Coding
import DatabaseTesting
import Jobs
import Logs
import Loop
import PostgresStore
import SQL
import SQLiteStore
import Synchronization
import Values

@testable import Changes

/// A node of a program, as far as changes go: a store, a bus, and a sequencer that was not started.
struct Node: Sendable {
    let database: any Database
    let log: ChangeLog
    let sequencer: Sequencer
    let close: @Sendable () async -> Void

    /// `reach` is told when it comes to a moment.
    init(
        _ place: TestDatabase, _ loops: EventLoopGroup,
        reach: (@Sendable (Moment) -> Void)? = nil
    ) async throws {
        switch place.engine {
        case .sqlite:
            var options = SQLiteOptions()
            // What is tested is not the time: a machine that builds beside may take long.
            options.bodyTimeMax = .seconds(600)
            let store = try SQLiteStore.open(path: place.location, loops: loops, options: options)
            self.init(store, InProcessBus(), reach) { await store.close() }
        case .postgres:
            var options = PostgresOptions(url: place.location)
            options.transactionTimeout = .seconds(600)
            options.waitTimeout = .seconds(600)
            let store = try await PostgresStore.open(options, loops: loops)
            let bus = try await PostgresBus.open(on: store)
            self.init(store, bus, reach) {
                await bus.close()
                await store.close()
            }
        }
    }

    private init(
        _ store: any Database, _ bus: any Bus, _ reach: (@Sendable (Moment) -> Void)?,
        close: @escaping @Sendable () async -> Void
    ) {
        let database = reach.map { WatchedDatabase(base: store, reach: $0) } ?? store
        self.database = database
        self.close = close
        log = ChangeLog(database, bus)
        sequencer = Sequencer(log, clock: .system, logger: .none)
    }

    func write(_ id: String) async throws {
        try await writeUnheard(id)
        log.wake()
    }

    /// Tells nobody that there is something to number.
    func writeUnheard(_ id: String) async throws {
        try await database.transaction { transaction in
            _ = try await Thing.write(id, in: transaction)
        }
    }

    /// Numbers all that there is, as a sequencer that was started does.
    func numberAll() async throws {
        for _ in 0..<10_000 where (try? await sequencer.look()) != .nothing {}
    }
}

/// Runs `body` on a loop with as many nodes on one database, which has the tables of `Thing`.
func withNodes(
    _ count: Int = 1, on engine: Engine,
    _ body: @escaping @Sendable ([Node], EventLoop) async throws -> Void
) async throws {
    let place = try TestDatabase(on: engine)
    defer { place.remove() }
    try await withNodes(count, at: place, body)
}

func withNodes(
    _ count: Int, at place: TestDatabase,
    _ body: @escaping @Sendable ([Node], EventLoop) async throws -> Void
) async throws {
    let loops = EventLoopGroup(count: 2)
    loops.start()
    defer {
        loops.stop()
        loops.join()
    }
    var nodes: [Node] = []
    for _ in 0..<count { nodes.append(try await Node(place, loops)) }
    let loop = loops.any
    let result = await loop.spawn(throwing: { [nodes] in
        let migrations = Change.migrations + Job.migrations + [Thing.migration]
        try await Migrator(migrations, clock: .system).up(on: nodes[0].database)
        try await body(nodes, loop)
    }).result
    for node in nodes { await node.close() }
    try result.get()
}

/// What tests write: rows that count how often they were written, and what each write was.
enum Thing {
    static let migration = Migration(
        "things/0001_things",
        sqlite: .init(
            up: """
                CREATE TABLE things (id TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT;
                CREATE TABLE writes (
                    id TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (id, version)) STRICT;
                """, down: "DROP TABLE things; DROP TABLE writes"),
        postgres: .init(
            up: """
                CREATE TABLE things (id text PRIMARY KEY, version bigint NOT NULL);
                CREATE TABLE writes (
                    id text NOT NULL, version bigint NOT NULL, PRIMARY KEY (id, version));
                """, down: "DROP TABLE things; DROP TABLE writes"))

    static let upsert = Statement(
        .write,
        """
        INSERT INTO things (id, version) VALUES ($1, 1)
        ON CONFLICT (id) DO UPDATE SET version = things.version + 1 RETURNING version
        """, binds: String.self, returns: Single<Int64>.self)

    static let note = Statement(
        .write, "INSERT INTO writes (id, version) VALUES ($1, $2)", binds: String.self, Int64.self)

    static let all = Statement(
        .scan, "SELECT id, version FROM writes ORDER BY id, version", returns: Written.self)

    /// Writes a row and its change, and notes that it did.
    @discardableResult
    static func write(_ id: String, in transaction: any Transaction) async throws -> Int64 {
        let version = try await transaction.first(upsert, id)?.value ?? 0
        try await transaction.execute(note, id, version)
        try await ChangeLog.append(change(id, version), in: transaction)
        return version
    }

    static func change(_ id: String, _ version: Int64) -> Change {
        Change(
            "things", version == 1 ? .created : .updated, id,
            before: version == 1 ? nil : ["version": .integer(version - 1)],
            after: ["version": .integer(version)], at: Instant(seconds: 1_795_176_000))
    }
}

/// That a row was written for the nth time.
struct Written: RowDecodable, Hashable, Comparable {
    let id: String
    let version: Int64

    init(_ id: String, _ version: Int64) { (self.id, self.version) = (id, version) }

    init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        version = try row.next()
    }

    init?(_ change: Change) {
        guard let version = change.after?["version"]?.asInteger else { return nil }
        self.init(change.row, version)
    }

    static func < (left: Written, right: Written) -> Bool {
        (left.id, left.version) < (right.id, right.version)
    }
}

extension ChangeLog {
    /// All that follow, page by page.
    func all(after seq: Int64 = 0, page: Int = 7) async throws -> [NumberedChange] {
        var (seq, changes): (Int64, [NumberedChange]) = (seq, [])
        while case .changes(let next) = try await after(seq, limit: page), let last = next.last {
            changes += next
            seq = last.seq
        }
        return changes
    }
}

/// What is wrong with changes that are all there are, in the order in which they were read.
struct Verdict {
    var problems: [String] = []

    init(_ changes: [NumberedChange], of writes: [Written]) {
        if changes.map(\.seq) != Array(1...Int64(changes.count + 1)).dropLast() {
            problems.append("numbers are not 1 to \(changes.count): \(changes.map(\.seq))")
        }
        let told = changes.compactMap { Written($0.change) }
        if told.sorted() != writes { problems.append("\(told) are told, \(writes) were written") }
        var last: [String: Int64] = [:]
        for one in told {
            if one.version != last[one.id, default: 0] + 1 {
                problems.append("\(one) comes after \(last[one.id] ?? 0)")
            }
            last[one.id] = one.version
        }
    }

    init(of node: Node) async throws {
        self.init(try await node.log.all(), of: try await node.database.all(Thing.all))
    }
}

struct Undone: Error {}

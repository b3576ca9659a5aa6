import Loop
import SQL
import SQLiteStore
import Values

let itemsSchema = """
    CREATE TABLE items (
        id TEXT NOT NULL PRIMARY KEY, owner_id TEXT NOT NULL, title TEXT NOT NULL,
        body TEXT NOT NULL, is_done INTEGER NOT NULL, priority INTEGER NOT NULL,
        created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX items_owner ON items (owner_id, created_at DESC);
    """

enum Item {
    static let text: StaticString = """
        INSERT INTO items (id, owner_id, title, body, is_done, priority, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """
    static let insert = Statement(
        .write, text, binds: ID<Item>.self, ID<Item>.self, String.self, String.self, Bool.self,
        Int.self, Instant.self, Instant.self)
    static let title = "A new item from the load test"
    static let body = "Lorem ipsum dolor sit amet, consectetur adipiscing elit"

    static func owner(_ number: Int) -> ID<Item> { ID(high: 7, low: UInt64(number % 100)) }
}

func measureWrites() async throws {
    let tasks = [1, 8, 64]
    var ones: [Double] = []
    var hundreds: [Double] = []
    var ours = tasks.map { _ in [Double]() }
    var bodies: [Double] = []
    for _ in 0..<rounds {
        ones.append(try await writeAlone(1))
        hundreds.append(try await writeAlone(100))
        for (index, count) in tasks.enumerated() {
            ours[index].append(try await writeByStore(count, inTransactions: false))
        }
        bodies.append(try await writeByStore(64, inTransactions: true))
    }
    show("durable insert, C API alone, 1 row a transaction", median(ones))
    show("durable insert, C API alone, 100 rows", median(hundreds))
    for (index, count) in tasks.enumerated() {
        let rate = median(ours[index])
        show("durable insert, store, \(count) tasks", rate, rate / median(hundreds))
    }
    show("  in a transaction's body", median(bodies), median(bodies) / median(hundreds))
}

private func writeAlone(_ rows: Int) async throws -> Double {
    let (path, store) = try fresh("writes")
    defer { remove(path) }
    try await store.transaction { try await $0.runScript(itemsSchema) }
    await store.close()
    return Alone(path).writes(for: seconds, rowsPerTransaction: rows)
}

private func writeByStore(_ tasks: Int, inTransactions: Bool) async throws -> Double {
    let (path, store) = try fresh("writes")
    defer { remove(path) }
    try await store.transaction { try await $0.runScript(itemsSchema) }
    let duration = seconds
    let rate = try await loops.any.spawn(throwing: {
        try await withThrowingTaskGroup(of: Double.self) { group in
            for task in 0..<tasks {
                group.addTask {
                    try await insertRows(store, task, for: duration, inTransactions)
                }
            }
            return try await group.reduce(0, +)
        }
    }).value
    await store.close()
    return rate
}

private func insertRows(
    _ store: SQLiteStore, _ task: Int, for seconds: Double, _ inTransactions: Bool
) async throws -> Double {
    var stopwatch = Stopwatch(seconds)
    var number = 0
    while !stopwatch.isOver {
        number += 1
        let id = ID<Item>(at: Clock.system.now, from: .system)
        let (owner, now) = (Item.owner(number), Clock.system.now)
        let insert: @Sendable (any StatementRunner) async throws -> Void = { runner in
            try await runner.execute(
                Item.insert, id, owner, Item.title, Item.body, false, 3, now, now)
        }
        if inTransactions {
            try await store.transaction { try await insert($0) }
        } else {
            try await insert(store)
        }
    }
    return stopwatch.rate
}

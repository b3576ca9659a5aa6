import CLinux
import SQL
import SQLiteStore
import Synchronization
import Testing

struct SQLiteTransactionTests {
    private static var hasty: SQLiteOptions {
        var options = SQLiteOptions()
        options.bodyTimeMax = .milliseconds(30)
        return options
    }

    @Test func `a body that waits for something else is given up`() async throws {
        try await withStoreOnLoop(options: Self.hasty) { store, loop in
            let afterwards = Mutex<DatabaseError.Code?>(nil)
            let hasEnded = Gate()
            let slow = await code {
                try await store.transaction { transaction in
                    try await Note.insert(1, on: transaction)
                    try? await loop.sleep(for: .seconds(60))
                    let late = await code { try await Note.insert(2, on: transaction) }
                    afterwards.withLock { $0 = late }
                    hasEnded.open()
                }
            }
            #expect(slow == .busy)
            try await Note.insert(3, on: store)
            await hasEnded.wait()
            #expect(afterwards.withLock { $0 } == .busy)
            let rows = try await store.all(Note.list).map(\.value)
            #expect(rows == ["note 3"])
        }
    }

    @Test func `a body with an endless statement is rolled back alone`() async throws {
        var options = SQLiteOptions.patient
        options.bodyTimeMax = .seconds(1)
        try await withStoreOnLoop(options: options) { store, _ in
            let codes = try await inOneBatch(
                store,
                [
                    { try await Note.insert(1, on: store) },
                    {
                        try await store.transaction {
                            try await Note.insert(2, on: $0)
                            try await $0.execute(Endless.write)
                        }
                    },
                    { try await Note.insert(3, on: store) },
                ])
            #expect(codes == [nil, .busy, nil])
            let rows = try await store.all(Note.list).map(\.value)
            #expect(rows == ["note 1", "note 3"])
        }
    }

    @Test func `a body that computes for too long is rolled back when it ends`() async throws {
        try await withStoreOnLoop(options: Self.hasty) { store, _ in
            let slow = await code {
                try await store.transaction { transaction in
                    try await Note.insert(1, on: transaction)
                    let end = linux_monotonic_nanoseconds() + 40_000_000
                    while linux_monotonic_nanoseconds() < end {}
                }
            }
            #expect(slow == .busy)
            let rows = try await store.first(Note.count)?.value
            #expect(rows == 0)
        }
    }

    @Test func `a script's time does not count`() async throws {
        let script = """
            CREATE TABLE numbers AS WITH RECURSIVE n (i) AS
            (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT i FROM n
            """
        var options = SQLiteOptions()
        options.bodyTimeMax = .milliseconds(30)
        try await withStoreOnLoop(options: options) { store, _ in
            try await store.transaction { transaction in
                await Task.yield()
                try await transaction.runScript(script)
                await Task.yield()
                try await Note.insert(1, on: transaction)
            }
        }
    }

    @Test func `a transaction that was kept after its body is refused`() async throws {
        try await withStoreOnLoop { store, _ in
            let kept = Mutex<(any Transaction)?>(nil)
            try await store.transaction { transaction in kept.withLock { $0 = transaction } }
            let transaction = try #require(kept.withLock { $0 })
            #expect(await code { try await Note.insert(1, on: transaction) } == .other)
            let rows = try await store.first(Note.count)?.value
            #expect(rows == 0)
        }
    }

    @Test func `a body that was given up does not keep the store from closing`() async throws {
        let never = Gate()
        try await withStoreOnLoop(options: Self.hasty) { store, _ in
            let slow = await code { try await store.transaction { _ in await never.wait() } }
            #expect(slow == .busy)
        }
        never.open()
    }
}

import DatabaseTesting
import Loop
import SQL
import Synchronization
import Testing

@testable import PostgresStore

@Suite(.enabled(if: PostgresCluster.isExpected)) struct PostgresTransactionTests {
    private struct Refused: Error {}

    @Test func `all of a transaction is kept`() async throws {
        try await withStore { it in
            let sum = try await it.store.transaction { transaction in
                try await transaction.execute(Sample.insert, 1, "one")
                try await transaction.execute(Sample.insertChild, 7, 2)
                try await transaction.execute(Sample.insert, 2, "two")
                return try await transaction.first(Sample.count)?.value
            }
            #expect(sum == 2)
            #expect(try await it.store.first(Sample.count)?.value == 2)
        }
    }

    @Test func `nothing is kept of a transaction whose body throws`() async throws {
        try await withStore { it in
            await #expect(throws: Refused.self) {
                try await it.store.transaction { transaction in
                    try await transaction.execute(Sample.insert, 1, "one")
                    throw Refused()
                }
            }
            #expect(try await it.store.first(Sample.count)?.value == 0)
            try await it.store.transaction { try await $0.execute(Sample.insert, 1, "again") }
            #expect(try await it.store.first(Sample.count)?.value == 1)
        }
    }

    @Test func `a transaction does not survive a failed statement that its body hides`()
        async throws
    {
        try await withStore { it throws in
            let hidden = await code {
                try await it.store.transaction { transaction in
                    try await transaction.execute(Sample.insert, 1, "one")
                    try? await transaction.execute(Sample.insert, 1, "two")
                    try? await transaction.execute(Sample.insert, 2, "three")
                }
            }
            #expect(hidden == .uniqueViolation(constraint: "notes_pkey"))
            #expect(try await it.store.first(Sample.count)?.value == 0)
        }
    }

    @Test func `a transaction that takes too long gives back its locks`() async throws {
        try await withStore {
            $0.transactionTimeout = .milliseconds(50)
        } _: { it in
            try await it.store.execute(Sample.insert, 1, "one")
            let loop = testLoops.loops[0]
            let held = loop.spawn {
                await code {
                    try await it.store.transaction { transaction in
                        try await transaction.execute(Sample.update, 1, "held")
                        // The defect that the limit is for: it awaits something else.
                        try await loop.sleep(for: .milliseconds(300))
                        try await transaction.execute(Sample.update, 1, "too late")
                    }
                }
            }
            try await it.waitUntilRowIsFree()
            #expect(await held.value == .busy)
            #expect(try await it.store.first(Sample.body, 1)?.value == "one")
        }
    }

    @Test func `a statement that outlasts its transaction is cancelled`() async throws {
        try await withStore {
            $0.transactionTimeout = .milliseconds(50)
        } _: { it in
            let stuck = await code {
                try await it.store.transaction { try await $0.execute(Sample.slowInsert, 1, 30) }
            }
            #expect(stuck == .busy)
            try await it.store.execute(Sample.insert, 1, "next")
        }
    }

    @Test func `a deadlock is resolved by running one transaction again`() async throws {
        try await withStore {
            $0.transactionTimeout = .seconds(20)
        } _: { it in
            try await it.store.execute(Sample.insert, 1, "one")
            try await it.store.execute(Sample.insert, 2, "two")
            let crossing = Crossing()
            let left = Task { await crossing.update(1, then: 2, in: it.store) }
            let right = Task { await crossing.update(2, then: 1, in: it.store) }
            let codes = [await left.value, await right.value]
            #expect(codes == [nil, nil])
            #expect(crossing.bodies.load(ordering: .relaxed) > 2)
        }
    }

    @Test func `a connection lost inside a transaction undoes it, and it runs again`()
        async throws
    {
        try await withStore { it in
            let bodies = Atomic(0)
            try await it.store.transaction { transaction in
                try await transaction.execute(Sample.insert, 1, "one")
                if bodies.add(1, ordering: .relaxed).newValue == 1 {
                    try await it.endConnections()
                }
                try await transaction.execute(Sample.insert, 2, "two")
            }
            #expect(bodies.load(ordering: .relaxed) == 2)
            #expect(try await it.store.first(Sample.count)?.value == 2)
        }
    }

    @Test func `a transaction that has escaped is refused`() async throws {
        try await withStore { it in
            let escaped = try await it.store.transaction { transaction in
                try await transaction.execute(Sample.insert, 1, "one")
                return transaction
            }
            await expect(.statement) { try await escaped.execute(Sample.insert, 2, "two") }
        }
    }

    @Test func `a script runs inside a transaction, without a time limit`() async throws {
        try await withStore {
            $0.transactionTimeout = .milliseconds(600)
        } _: { it in
            try await it.store.transaction { transaction in
                try await transaction.runScript(
                    "CREATE TABLE extra(id bigint); SELECT pg_sleep(0.7); INSERT INTO extra VALUES (1)"
                )
                try await transaction.execute(Sample.insert, 1, "one")
            }
            #expect(try await it.superuser("SELECT count(*) FROM extra") == ["1"])
            let failed = await code {
                try await it.store.transaction { transaction in
                    try await transaction.execute(Sample.insert, 2, "two")
                    try await transaction.runScript("DROP TABLE extra; SELECT 1/0")
                }
            }
            #expect(failed == .other)
            #expect(try await it.superuser("SELECT count(*) FROM extra") == ["1"])
            #expect(try await it.store.first(Sample.count)?.value == 1)
        }
    }

    @Test func `a script may not end the transaction`() async throws {
        try await withStore { it in
            let ended = await code {
                try await it.store.transaction { try await $0.runScript("COMMIT; SELECT 1") }
            }
            #expect(ended == .statement)
            try await it.store.execute(Sample.insert, 1, "next")
        }
    }

    @Test func `a script that copies is an error`() async throws {
        try await withStore { it in
            let copied = await code {
                try await it.store.transaction { try await $0.runScript("COPY notes FROM STDIN") }
            }
            #expect(copied == .connection)
            try await it.store.execute(Sample.insert, 1, "next")
        }
    }
}

extension StoreFixture {
    /// Returns when nobody has row 1 locked.
    func waitUntilRowIsFree() async throws {
        for _ in 0..<2000 {
            let free = try await superuser(
                "SELECT id FROM notes WHERE id = 1 FOR UPDATE SKIP LOCKED")
            if !free.isEmpty { return }
        }
        throw PostgresCluster.NeverHappened(what: "row 1 is free")
    }
}

/// Two transactions that update the same rows in the opposite order and meet halfway.
private final class Crossing: Sendable {
    let bodies = Atomic(0)
    private let meeting = Meeting()

    func update(
        _ first: Int64, then second: Int64, in store: PostgresStore
    ) async -> DatabaseError.Code? {
        await code {
            try await store.transaction { transaction in
                self.bodies.add(1, ordering: .relaxed)
                try await transaction.execute(Sample.update, first, "mine")
                await self.meeting.arrive()
                try await transaction.execute(Sample.update, second, "mine too")
            }
        }
    }
}

/// Where two tasks wait for each other, once.
private actor Meeting {
    private var waiting: CheckedContinuation<Void, Never>?
    private var arrivals = 0

    func arrive() async {
        arrivals += 1
        if arrivals == 1 {
            await withCheckedContinuation { waiting = $0 }
        } else {
            waiting?.resume()
            waiting = nil
        }
    }
}

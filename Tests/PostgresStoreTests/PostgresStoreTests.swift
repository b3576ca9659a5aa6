import DatabaseTesting
import Loop
import SQL
import Testing

@testable import PostgresStore

@Suite(.enabled(if: PostgresCluster.isExpected)) struct PostgresStoreTests {
    @Test func `a caller on no loop reads and writes`() async throws {
        try await withStore { it in
            try await it.store.execute(Sample.insert, 1, "one")
            #expect(try await it.store.first(Sample.body, 1)?.value == "one")
            #expect(try await it.store.first(Sample.body, 2) == nil)
        }
    }

    @Test func `reads of one tick share a round trip`() async throws {
        try await withStore { it in
            let loop = testLoops.loops[0]
            await loop.spawn { _ = try? await it.store.first(Sample.echo, 0) }.value
            let before = await it.store.counts
            await loop.spawn {
                await withDiscardingTaskGroup { group in
                    for number in 0..<16 {
                        group.addTask {
                            let answer = try? await it.store.first(Sample.echo, Int64(number))
                            #expect(answer?.value == Int64(number))
                        }
                    }
                }
            }.value
            let after = await it.store.counts
            #expect(after.statements - before.statements == 16)
            #expect(after.syncs - before.syncs == 1)
        }
    }

    @Test func `each statement of a tick in which three fail has its own answer`() async throws {
        try await withStore { it in
            let expected: [Int64?] = [1, nil, 3, nil, 5, nil, 7, 8]
            let answers = await testLoops.loops[0].spawn {
                await withTaskGroup(of: (Int, Int64?).self) { group in
                    for (index, value) in expected.enumerated() {
                        group.addTask {
                            guard let value else {
                                let found = try? await it.store.first(Sample.divide, 0)
                                return (index, found?.value)
                            }
                            return (index, try? await it.store.first(Sample.echo, value)?.value)
                        }
                    }
                    var answers = [Int64?](repeating: nil, count: expected.count)
                    for await (index, answer) in group { answers[index] = answer }
                    return answers
                }
            }.value
            #expect(answers == expected)
        }
    }

    @Test func `a read survives more failures beside it than a batch is sent again`() async throws {
        try await withStore { it in
            let failures = await testLoops.loops[0].spawn {
                await withTaskGroup(of: Bool.self) { group in
                    for _ in 0..<30 {
                        group.addTask {
                            await code { try await it.store.first(Sample.divide, 0) } == .other
                        }
                    }
                    group.addTask { (try? await it.store.first(Sample.echo, 9))?.value == 9 }
                    return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
                }
            }.value
            #expect(failures == 31)
        }
    }

    @Test func `a statement that cannot be prepared says why`() async throws {
        try await withStore { it throws in
            let error = await #expect(throws: DatabaseError.self) {
                try await it.store.first(Sample.unknownColumn, 1)
            }
            #expect(error?.code == .statement)
            #expect(error?.engineCode == "42703")
            #expect(try await it.store.first(Sample.echo, 1)?.value == 1)
        }
    }

    @Test func `a deferred constraint fails the write that broke it`() async throws {
        try await withStore { it throws in
            await expect(.foreignKey) { try await it.store.execute(Sample.insertChild, 1, 99) }
            let transaction = await code {
                try await it.store.transaction { try await $0.execute(Sample.insertChild, 1, 99) }
            }
            #expect(transaction == .foreignKey)
            #expect(try await it.store.first(Sample.echo, 4)?.value == 4)
        }
    }

    @Test func `constraints are told apart`() async throws {
        try await withStore { it in
            try await it.store.execute(Sample.insert, 1, "one")
            let duplicate = await code { try await it.store.execute(Sample.insert, 1, "two") }
            #expect(duplicate == .uniqueViolation(constraint: "notes_pkey"))
            await expect(.check) { try await it.store.execute(Sample.insert, 2, "") }
            await expect(.check) { try await it.store.execute(Sample.insert, 3, "a\0b") }
        }
    }

    @Test func `a statement that takes too long is stopped and leaves the others alone`()
        async throws
    {
        try await withStore {
            $0.statementTimeout = .milliseconds(100)
        } _: { it throws in
            async let long = code { try await it.store.first(Sample.longNap, 30) }
            async let short = code { try await it.store.first(Sample.nap, 30) }
            async let other = it.store.first(Sample.echo, 1)
            #expect(await long == .timeout)
            #expect(await short == .timeout)
            #expect(try await other?.value == 1)
        }
    }

    @Test func `a long read does not hold up short ones`() async throws {
        try await withStore { it in
            let long = Task { try await it.store.first(Sample.longNap, 30) }
            try await it.waitUntilRunning("pg_sleep")
            #expect(try await it.store.first(Sample.echo, 1)?.value == 1)
            try await it.endConnections("pg_cancel_backend")
            _ = await long.result
        }
    }

    @Test func `a plan that a changed table made unfit is made anew`() async throws {
        try await withStore { it in
            try await it.store.execute(Sample.insert, 1, "one")
            #expect(try await it.store.first(Sample.anyNote, 1)?.value == 1)
            try await it.superuser("ALTER TABLE notes ADD COLUMN extra text")
            #expect(try await it.store.first(Sample.anyNote, 1)?.value == 1)
            let inside = try await it.store.transaction { transaction in
                try await transaction.first(Sample.anyNote, 1)?.value
            }
            try await it.superuser("ALTER TABLE notes ADD COLUMN more text")
            let again = try await it.store.transaction { transaction in
                try await transaction.first(Sample.anyNote, 1)?.value
            }
            #expect(inside == 1 && again == 1)
        }
    }

    @Test func `rows that do not fit their reader are errors`() async throws {
        let text = Statement(.point, "SELECT 'sixteen letters!'", returns: Single<Int64>.self)
        let short = Statement(.point, "SELECT 7::smallint", returns: Single<Int64>.self)
        let empty = Statement(.point, "SELECT NULL::bigint", returns: Single<Int64>.self)
        let none = Statement(.point, "SELECT 1::bigint", returns: TwoColumns.self)
        try await withStore { it throws in
            await expect(.decoding) { try await it.store.first(text) }
            #expect(try await it.store.first(short)?.value == 7)
            await expect(.decoding) { try await it.store.first(empty) }
            await expect(.decoding) { try await it.store.first(none) }
        }
    }
}

private struct TwoColumns: RowDecodable {
    init(row: inout Row) throws(DatabaseError) {
        let _: Int64 = try row.next()
        let _: Int64 = try row.next()
    }
}

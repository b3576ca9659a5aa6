import SQL
import SQLiteStore
import Testing

struct SQLiteWriterTests {
    @Test func `many writers share few commits`() async throws {
        try await withStoreOnLoop { store, _ in
            let before = store.counts.commits
            let codes = try await inOneBatch(
                store,
                (0..<200).map { number in { try await Note.insert(number, on: store) } })
            #expect(codes.allSatisfy { $0 == nil })
            #expect(store.counts.commits - before <= 2)
        }
    }

    @Test func `a batch has a bound`() async throws {
        var options = SQLiteOptions.patient
        options.batchJobsMax = 10
        try await withStoreOnLoop(options: options) { store, _ in
            let before = store.counts.commits
            let codes = try await inOneBatch(
                store, (0..<100).map { number in { try await Note.insert(number, on: store) } })
            #expect(codes.allSatisfy { $0 == nil })
            #expect(store.counts.commits - before >= 10)
        }
    }

    @Test func `jobs that fail leave the others of their batch`() async throws {
        try await withStoreOnLoop { store, _ in
            let insert = { number in
                { @Sendable in try await Note.insert(number, on: store) }
            }
            let transaction = { (number: Int, last: Int) in
                { @Sendable in
                    try await store.transaction {
                        try await Note.insert(number, on: $0)
                        try await Note.insert(last, on: $0)
                    }
                }
            }
            let codes = try await inOneBatch(
                store,
                [insert(1), insert(1), transaction(2, 3), transaction(4, 1), insert(5)])
            let broken = DatabaseError.Code.uniqueViolation(constraint: "notes_pkey")
            #expect(codes == [nil, broken, nil, broken, nil])
            let rows = try await store.all(Note.list).map(\.value)
            #expect(rows == [1, 2, 3, 5].map { "note \($0)" })
        }
    }

    @Test func `a job that ends the whole transaction does not take the others along`() async throws
    {
        try await withStoreOnLoop { store, _ in
            let codes = try await inOneBatch(
                store,
                [
                    { try await Note.insert(1, on: store) },
                    { try await store.execute(Note.insertOrRollBack, 1, "again") },
                    { try await store.transaction { try await Note.insert(2, on: $0) } },
                    { try await store.transaction { try await $0.runScript("COMMIT") } },
                    { try await Note.insert(3, on: store) },
                ])
            #expect(
                codes == [
                    nil, .uniqueViolation(constraint: "notes_pkey"), nil, .statement, nil,
                ])
            let rows = try await store.all(Note.list).map(\.value)
            #expect(rows == ["note 1", "note 2", "note 3"])
        }
    }

    @Test func `a body that ends its savepoint is undone with all of it`() async throws {
        try await withStoreOnLoop { store, _ in
            let codes = try await inOneBatch(
                store,
                [
                    { try await Note.insert(1, on: store) },
                    {
                        try await store.transaction {
                            try await Note.insert(2, on: $0)
                            try await $0.runScript("RELEASE job")
                            throw DatabaseError(.check, "refused")
                        }
                    },
                    { try await Note.insert(3, on: store) },
                ])
            #expect(codes == [nil, .check, nil])
            let rows = try await store.all(Note.list).map(\.value)
            #expect(rows == ["note 1", "note 3"])
        }
    }

    @Test func `a deferred reference that stays open fails its own job`() async throws {
        try await withStoreOnLoop { store, _ in
            let codes = try await inOneBatch(
                store,
                [
                    { try await Note.insert(1, on: store) },
                    { try await store.execute(Note.insertChild, 2, "orphan", 99) },
                    {
                        try await store.transaction {
                            try await $0.execute(Note.insertChild, 3, "orphan", 99)
                        }
                    },
                    {
                        try await store.transaction {
                            try await $0.execute(Note.insertChild, 4, "child", 5)
                            try await Note.insert(5, on: $0)
                        }
                    },
                ])
            #expect(codes == [nil, .foreignKey, .foreignKey, nil])
            let rows = try await store.all(Note.list).map(\.value)
            #expect(rows == ["note 1", "child", "note 5"])
        }
    }

    @Test func `more writes than may wait are refused`() async throws {
        var options = SQLiteOptions.patient
        options.writesMax = 4
        try await withStoreOnLoop(options: options) { store, _ in
            let codes = try await inOneBatch(
                store, (0..<10).map { number in { try await Note.insert(number, on: store) } })
            #expect(codes == [nil, nil, nil] + [DatabaseError.Code?](repeating: .busy, count: 7))
            try await Note.insert(100, on: store)
        }
    }

    @Test func `another that holds the lock makes writers wait, then busy`() async throws {
        var options = SQLiteOptions.patient
        options.busyTimeout = .milliseconds(20)
        try await withStoreOnLoop(options: options) { store, loop in
            let other = try SQLiteStore.open(path: store.path, options: .patient)
            let (isHeld, letGo) = (Gate(), Gate())
            async let holder: Void = other.transaction { _ in
                isHeld.open()
                await letGo.wait()
            }
            await isHeld.wait()
            #expect(await code { try await Note.insert(1, on: store) } == .busy)
            letGo.open()
            try await holder
            try await Note.insert(1, on: store)
            await other.close()
        }
    }

    @Test func `a write that takes the pool's statement is refused`() async throws {
        let sneaky = Statement(.point, "DELETE FROM notes")
        let twice = Statement(.write, "DELETE FROM notes; DELETE FROM notes")
        let unbound = Statement(.point, "SELECT $1", returns: Single<Int>.self)
        try await withStoreOnLoop { store, _ in
            #expect(await code { try await store.execute(sneaky) } == .statement)
            #expect(await code { try await store.execute(twice) } == .statement)
            #expect(await code { _ = try await store.first(unbound) } == .statement)
        }
        try await withStore { store in
            #expect(await code { try await store.execute(sneaky) } == .statement)
        }
    }
}

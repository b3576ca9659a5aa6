import DatabaseTesting
import Glibc
import SQL
import SQLiteStore
import Testing

struct SQLiteFileTests {
    private static func mode(_ path: String) -> mode_t {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }

    @Test func `the files are for their owner only`() async throws {
        try await withStore { store in
            for suffix in ["", "-wal", "-shm"] { #expect(Self.mode(store.path + suffix) == 0o600) }
        }
    }

    @Test func `a file that others could read is taken from them`() async throws {
        let file = try TestDatabase(on: .sqlite)
        defer { file.remove() }
        close(open(file.location, O_CREAT | O_RDWR, 0o644))
        chmod(file.location, 0o644)
        let store = try SQLiteStore.open(path: file.location)
        #expect(Self.mode(file.location) == 0o600)
        await store.close()
    }

    @Test func `what is no database is a storage error`() throws {
        let file = try TestDatabase(on: .sqlite)
        defer { file.remove() }
        let descriptor = open(file.location, O_CREAT | O_RDWR, 0o600)
        let text = String(repeating: "no database", count: 1000)
        write(descriptor, text, text.utf8.count)
        close(descriptor)
        for path in [file.location, file.location + "/nowhere/atrium.db"] {
            #expect {
                try SQLiteStore.open(path: path)
            } throws: {
                ($0 as? DatabaseError)?.code == .storage
            }
        }
    }

    @Test func `closing keeps what was accepted and empties the log`() async throws {
        let file = try TestDatabase(on: .sqlite)
        defer { file.remove() }
        let store = try SQLiteStore.open(path: file.location)
        try await store.transaction { try await $0.runScript(Note.schema) }
        let accepted = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<100 {
                group.addTask { await code { try await Note.insert(number, on: store) } == nil }
            }
            group.addTask {
                await store.close()
                return false
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        await store.close()
        #expect(size(of: file.location + "-wal") ?? 0 == 0)
        #expect(await code { try await Note.insert(1000, on: store) } == .connection)
        #expect(await code { _ = try await store.first(Note.count) } == .connection)
        let again = try SQLiteStore.open(path: file.location)
        let rows = try await again.first(Note.count)?.value
        #expect(rows == accepted)
        await again.close()
    }

    @Test func `a full disk fails all and can be mended`() async throws {
        try await withStore { store in
            let pages: @Sendable (Int) async throws -> Void = { count in
                try await store.transaction {
                    try await $0.runScript("PRAGMA max_page_count = \(count)")
                }
            }
            try await pages(20)
            let big = String(repeating: "x", count: 200_000)
            #expect(await code { try await store.execute(Note.insert, 1, big) } == .storage)
            let inBody = await code {
                try await store.transaction { transaction in
                    try await transaction.execute(Note.insert, 2, "small")
                    try? await transaction.execute(Note.insert, 3, big)
                    try? await transaction.execute(Note.insert, 4, "after")
                }
            }
            let rows = try await store.all(Note.list).map(\.value)
            #expect(inBody == nil ? rows == ["small", "after"] : rows == [])
            try await pages(10_000)
            try await store.execute(Note.insert, 5, big)
        }
    }

    @Test func `a long log is moved into the database after the answers`() async throws {
        var options = SQLiteOptions.patient
        options.checkpointPages = 10
        try await withStore(options: options) { store in
            for number in 0..<100 { try await Note.insert(number, on: store) }
            #expect(store.counts.checkpoints >= 5)
            #expect((size(of: store.path + "-wal") ?? 0) < 40 * 4120)
        }
    }

    @Test func `doctor finds what is wrong with a schema`() async throws {
        try await withStore { store in
            let problems = try await store.integrityProblems()
            #expect(problems == [])
            let none = try await store.looseTables()
            #expect(none == [])
            try await store.transaction { try await $0.runScript("CREATE TABLE loose (a)") }
            let loose = try await store.looseTables()
            #expect(loose == ["loose"])
        }
    }

    @Test func `a directory has one server`() throws {
        let path = try #require(makeTemporaryDirectory("atrium-lock"))
        defer {
            unlink(path + "/atrium.lock")
            rmdir(path)
        }
        var first: DirectoryLock? = try DirectoryLock(path)
        #expect {
            _ = try DirectoryLock(path)
        } throws: {
            "\($0)" == "\(path) is in use by another server, process \(getpid())."
        }
        first = nil
        #expect(first == nil)
        _ = try DirectoryLock(path)
        #expect(throws: DirectoryLock.Failure.self) { _ = try DirectoryLock(path + "/nowhere") }
    }
}

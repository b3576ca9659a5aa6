import AtriumTesting
import DatabaseTesting
import Loop
import SQL
import Server
import Testing
import Values

@testable import Files

/// Whose a directory is. A database with another's files must never take them for orphans.
struct DirectoryOwnershipTests {
    private static let forget = Statement(.write, "DELETE FROM file_directory")
    private static let forgetFiles = Statement(.write, "DELETE FROM files")

    /// A directory of files, and servers that are started on it, one after the other.
    private struct Stage: Sendable {
        let directory: String
        let clock = MovableClock()
        var disk: TestDisk { TestDisk(directory: directory) }

        @discardableResult
        func start<Value: Sendable>(
            at place: TestPlace, _ body: @escaping @Sendable (TestClient) async throws -> Value
        ) async throws -> Value {
            let path = try DirectoryPath(directory)
            return try await withServer(
                at: place, clock: clock, [.set(\.files.directory, path)], body: body)
        }

        /// A file of a new user's; its id.
        func keep(at place: TestPlace, _ email: String = "ada@example.com") async throws -> String?
        {
            try await start(at: place) { client in
                let user = try await client.user(email)
                return try await client.keep(Sample.png, by: user)["id"]?.asString
            }
        }

        /// What a command does beside servers.
        func command(
            at place: TestPlace, _ body: (Files) async throws -> Void
        ) async throws {
            var settings = try place.settings()
            settings.files.directory = try DirectoryPath(directory)
            let ambient = Ambient(clock: clock.clock, randomness: .system, logger: .none)
            let server = try await Server.open(settings, ambient, isAlone: false)
            do {
                try await body(server.files)
            } catch {
                await server.close()
                throw error
            }
            await server.close()
        }

        func refusal(at place: TestPlace) async -> String? {
            do {
                try await start(at: place) { _ in }
                return nil
            } catch {
                return "\(error)"
            }
        }

        /// Long enough for what has no row to be gone for good.
        func sweepForDays(at place: TestPlace) async throws {
            for _ in 0..<2 {
                clock.advance(by: .days(8))
                try await start(at: place) { client in try await client.sweep() }
            }
        }
    }

    private func withStage(
        on engine: Engine, places count: Int = 1,
        _ body: (Stage, [TestPlace]) async throws -> Void
    ) async throws {
        let directory = try #require(makeTemporaryDirectory("atrium-files"))
        let stage = Stage(directory: directory + "/files")
        var places: [TestPlace] = []
        defer { for place in places { place.remove() } }
        for _ in 0..<count { places.append(try TestPlace(on: engine)) }
        try await body(stage, places)
    }

    @Test(arguments: Engine.tested)
    func `a server with another database does not start, and deletes nothing`(
        on engine: Engine
    ) async throws {
        try await withStage(on: engine, places: 2) { stage, places in
            let id = try await stage.keep(at: places[0])
            let refusal = await stage.refusal(at: places[1])
            #expect(refusal?.contains("are another database's") == true, "\(refusal ?? "")")
            #expect(refusal?.contains("atrium files adopt") == true)
            try await stage.sweepForDays(at: places[0])
            #expect(stage.disk.ids == [id])
        }
    }

    @Test(arguments: Engine.tested)
    func `without a mark, files that a database knows are its own, and others are not`(
        on engine: Engine
    ) async throws {
        try await withStage(on: engine, places: 2) { stage, places in
            let id = try await stage.keep(at: places[0])
            try stage.disk.remove(DirectoryMark.name)
            let refusal = await stage.refusal(at: places[1])
            #expect(refusal?.contains("knows none of them") == true, "\(refusal ?? "")")
            try await stage.sweepForDays(at: places[0])
            #expect(stage.disk.ids == [id])
            #expect(try DirectoryMark.read(stage.directory) != .unmarked)
        }
    }

    @Test(arguments: Engine.tested)
    func `a backup from before there was a mark takes that of the directory with its files`(
        on engine: Engine
    ) async throws {
        try await withStage(on: engine) { stage, places in
            let id = try await stage.keep(at: places[0])
            let mark = try DirectoryMark.read(stage.directory)
            try await stage.start(at: places[0]) { client in
                try await client.server.database.execute(Self.forget)
            }
            #expect(await stage.refusal(at: places[0]) == nil)
            #expect(try DirectoryMark.read(stage.directory) == mark)
            try await stage.sweepForDays(at: places[0])
            #expect(stage.disk.ids == [id])
            // One that knows none of the files does not.
            try await stage.start(at: places[0]) { client in
                try await client.server.database.execute(Self.forgetFiles)
                try await client.server.database.execute(Self.forget)
            }
            #expect(await stage.refusal(at: places[0]) != nil)
        }
    }

    @Test(arguments: Engine.tested)
    func `a disk that comes while a server is at work is not swept if it is another's`(
        on engine: Engine
    ) async throws {
        try await withStage(on: engine, places: 2) { stage, places in
            let id = try await stage.keep(at: places[0])
            let directory = stage.directory
            try await stage.start(at: places[0]) { client in
                let other: ID<FileDirectory> = ID(at: client.clock.now, from: .system)
                try DirectoryMark.write(other, in: directory, under: "b")
                try await client.server.database.execute(Self.forgetFiles)
                client.clock.advance(by: .hours(3))
                try await client.sweep()
                let dead = try await client.server.jobs.queue.list(.dead)
                #expect(dead.first?.error?.contains("\(other)") == true)
            }
            #expect(stage.disk.ids == [id])
        }
    }

    @Test(arguments: Engine.tested)
    func `nothing is put into a directory that is another's`(on engine: Engine) async throws {
        try await withStage(on: engine, places: 2) { stage, places in
            try await stage.start(at: places[0]) { client in
                let user = try await client.user()
                // It was not there when the server started.
                let id = try await stage.keep(at: places[1])
                #expect(await client.upload(.file(Sample.png), by: user).status == 500)
                #expect(client.log.takeErrors().joined().contains("another database's"))
                #expect(stage.disk.files.map { $0.suffix(36) } == [id?[...]])
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `it is adopted on purpose, and what the database does not know waits in the trash`(
        on engine: Engine
    ) async throws {
        try await withStage(on: engine, places: 2) { stage, places in
            let old = try await stage.keep(at: places[0])
            try await stage.command(at: places[1]) { files in
                #expect(try await files.census() == FileCensus(files: 1, orphans: 1))
                try await files.adopt()
            }
            let new = try await stage.keep(at: places[1])
            stage.clock.advance(by: .hours(3))
            try await stage.start(at: places[1]) { client in try await client.sweep() }
            #expect(stage.disk.ids == [new])
            #expect(stage.disk.trash == [old])
            #expect(await stage.refusal(at: places[0]) != nil)
        }
    }

    @Test(arguments: Engine.tested)
    func `many nodes that start at once on a new directory agree whose it is`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let directory = try #require(makeTemporaryDirectory("atrium-files"))
            let pool = BlockingPool(name: "disks", threads: 4, queueLimit: 100)
            defer { pool.stop() }
            let store = FileStore(directory: directory + "/f", bytesKeptFree: 0, pool: pool)
            let claimed = await race(8, client) { _ in
                let ownership = DirectoryOwnership(store, client.server.database, .system)
                return (try? await ownership.claim(making: true, at: client.clock.now)) != nil
            }
            #expect(claimed == Array(repeating: true, count: 8))
            let own = try await client.server.database.first(FileDirectory.find)?.value
            #expect(try DirectoryMark.read(store.directory) == own.map(DirectoryMark.of))
            #expect(TestDisk(directory: store.directory).files == [])
        }
    }

    @Test func `what names nobody is nobody's`() async throws {
        try await withStage(on: .sqlite) { stage, places in
            _ = try await stage.keep(at: places[0])
            for bytes in [[], Array("?".utf8), Array(repeating: 0xff, count: 100)] as [[UInt8]] {
                try stage.disk.put(DirectoryMark.name, bytes)
                #expect(try DirectoryMark.read(stage.directory) == .illegible)
                let refusal = await stage.refusal(at: places[0])
                #expect(refusal?.contains("Nobody can tell") == true, "\(refusal ?? "")")
            }
        }
    }

    @Test func `a directory that cannot be used is told of, and the rest of the server starts`()
        async throws
    {
        try await withStage(on: .sqlite) { stage, places in
            // No mark can be read there, and none be written.
            try stage.disk.put("\(DirectoryMark.name)/a")
            try await stage.start(at: places[0]) { client in
                #expect(client.log.takeErrors().joined().contains("cannot be used"))
                let user = try await client.user()
                #expect(await client.upload(.file(Sample.png), by: user).status == 500)
                #expect(client.log.takeErrors().joined().contains(DirectoryMark.name))
            }
        }
    }

    @Test func `an empty directory beside a database with files is told of`() async throws {
        try await withStage(on: .sqlite) { stage, places in
            let id = try await stage.keep(at: places[0])
            try stage.disk.remove(DirectoryMark.name)
            try stage.disk.remove("\(id?.prefix(5) ?? "")")
            try await stage.start(at: places[0]) { client in
                #expect(client.log.lines.contains { $0.contains("is its disk mounted?") })
            }
            try stage.disk.remove("")
            try await stage.start(at: places[0]) { client in
                #expect(client.log.lines.contains { $0.contains("is its disk mounted?") })
            }
        }
    }
}

import AtriumTesting
import DatabaseTesting
import SQL
import Testing
import Values

@testable import Files

/// Files without a row, until they are deleted: a database may be older than they are.
struct TrashTests {
    private static let forgetFiles = Statement(.write, "DELETE FROM files")

    /// A file whose row is gone, as after a backup that is older; its id, and how the row comes back.
    private func orphan(
        _ client: TestClient
    ) async throws -> (id: String, restore: @Sendable () async throws -> Void) {
        let user = try await client.user()
        let id = try await client.keep(Sample.png, by: user)["id"]?.asString ?? ""
        let key = try #require(ID<StoredFile>(id))
        let file = try #require(await client.server.files.find(key))
        try await client.server.database.execute(Self.forgetFiles)
        client.clock.advance(by: .hours(3))
        try await client.sweep()
        #expect(client.disk.trash == [id])
        #expect(client.server.files.counts.orphansPutAside == 1)
        return (
            id,
            {
                _ = try await client.server.database.first(
                    StoredFile.insert, file.id, file.owner, file.holder, file.name, file.kind,
                    file.bytes, file.digest, file.createdAt, file.createdAt)
            }
        )
    }

    @Test(arguments: Engine.tested)
    func `a file whose row comes back goes back with the next job`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let (id, restore) = try await orphan(client)
            client.clock.advance(by: .days(5))
            try await client.sweep()
            #expect(client.disk.trash == [id])
            try await restore()
            client.clock.advance(by: .hours(1))
            try await client.sweep()
            #expect(client.disk.files == ["\(id.prefix(5))/\(id)"])
            #expect(client.disk.bytes(client.disk.files[0]) == Sample.png)
        }
    }

    @Test(arguments: Engine.tested)
    func `at the last moment as well`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let (id, restore) = try await orphan(client)
            try await restore()
            client.clock.advance(by: .days(30))
            try await client.sweep()
            #expect(client.disk.ids == [id])
        }
    }

    @Test(arguments: Engine.tested)
    func `it is deleted when it was there for as long as it is kept, with its folder`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, .set(\.files.keepOrphans, "2d")) { client in
            let (id, _) = try await orphan(client)
            for _ in 0..<2 {
                client.clock.advance(by: .days(1))
                try await client.sweep()
                #expect(client.disk.trash == [id])
            }
            client.clock.advance(by: .days(1))
            try await client.sweep()
            #expect(client.disk.files == [])
            #expect(Directory.names(in: client.server.files.store.trash) == [])
        }
    }

    @Test(arguments: Engine.tested)
    func `an operator takes back what has a row, and nothing else`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let (id, restore) = try await orphan(client)
            #expect(try await client.server.files.recover() == 0)
            try await restore()
            #expect(try await client.server.files.recover() == 1)
            #expect(client.disk.ids == [id])
            #expect(try await client.server.files.recover() == 0)
        }
    }

    @Test func `what is none of ours stays in the trash`() async throws {
        try await withServer(on: .sqlite) { client in
            let (id, _) = try await orphan(client)
            let strange = [
                "trash/notes.txt", "trash/2020-01-01/readme", "trash/old/\(id)",
                "trash/2020-13-01/\(id)",
            ]
            for name in strange { try client.disk.put(name) }
            try client.disk.put("trash/2020-01-02/\(id)")
            client.clock.advance(by: .hours(1))
            try await client.sweep()
            let day = Trash.day(of: client.clock.now)
            #expect(client.disk.files == (strange + ["trash/\(day)/\(id)"]).sorted())
        }
    }
}

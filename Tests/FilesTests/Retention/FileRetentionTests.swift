import API
import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import Identity
import SQL
import Secrets
import Server
import Testing
import Values

@testable import Files

/// What nobody uses goes, from either side.
struct FileRetentionTests {
    private func receive(_ client: TestClient, _ user: TestUser) async throws -> StoredFile {
        let call = Call(
            request: Request(
                .post, "/", fields: [.contentType: TestForm.type],
                body: TestForm.file(Sample.png).ended), now: client.clock.now, requestID: "test",
            logger: .none)
        let owner = try #require(ID<User>(user.id))
        return try await client.server.files.receive(call, UploadRules(), for: owner).file
    }

    @Test(arguments: Engine.tested)
    func `a file that nothing claims within an hour goes`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let waiting = try await receive(client, user)
            let kept = try await client.keep(Sample.text, by: user)
            client.clock.advance(by: .minutes(59))
            try await client.sweep()
            #expect(client.disk.files.count == 2)
            client.clock.advance(by: .minutes(62))
            try await client.sweep()
            #expect(
                client.disk.files.map { $0.suffix(36) } == [Substring(kept["id"]?.asString ?? "")])
            #expect(try await client.server.files.find(waiting.id) == nil)
            #expect(try await client.usage(of: user)?.bytes == Sample.text.count)
            #expect(try await client.usage(of: user)?.files == 1)
        }
    }

    @Test(arguments: Engine.tested)
    func `what was claimed at the last moment stays`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let file = try await receive(client, user)
            client.clock.advance(by: .hours(2))
            let race = await race(2, client) { index in
                if index == 0 {
                    let claimed: Void? = try? await client.server.database.transaction {
                        transaction in
                        try await client.server.files.claim(file.id, for: "studio", in: transaction)
                    }
                    return claimed != nil
                }
                try? await client.sweep()
                return true
            }
            // Whoever was first: a file that was claimed is there, one that is gone was not claimed.
            try await client.sweep()
            #expect(client.disk.files.isEmpty != race[0])
            #expect((try await client.server.files.find(file.id) != nil) == race[0])
        }
    }

    @Test(arguments: Engine.tested)
    func `what was released goes from the disk with the next job`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let file = try await receive(client, try await client.user())
            try await client.server.database.transaction { transaction in
                try await client.server.files.release(file.id, in: transaction)
            }
            client.clock.advance(by: .hours(1))
            try await client.sweep()
            #expect(client.disk.files == [])
        }
    }

    @Test(arguments: Engine.tested)
    func `files of a user who is gone go after him`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let other = try await client.user("other@example.com")
            try await client.keep(Sample.png, by: user)
            let kept = try await client.keep(Sample.png, by: other)
            try await client.server.database.execute(
                Self.deleteUser, try #require(ID<User>(user.id)))
            client.clock.advance(by: .hours(2))
            try await client.sweep()
            #expect(client.disk.ids == [kept["id"]?.asString])
            client.clock.advance(by: .days(8))
            try await client.sweep()
            #expect(client.disk.files.map { $0.suffix(36) } == client.disk.ids.map { $0[...] })
        }
    }

    /// They are deleted, and not found without a row when he is gone.
    @Test(arguments: Engine.tested)
    func `files of a user who is about to be forgotten go before him`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let other = try await client.user("other@example.com")
            try await client.keep(Sample.png, by: user)
            let kept = try await client.keep(Sample.png, by: other)["id"]?.asString
            try await client.server.database.execute(
                Self.markDeleted, try #require(ID<User>(user.id)), client.clock.now)
            client.clock.advance(by: .days(29))
            try await client.sweep()
            #expect(client.disk.ids.count == 2)
            client.clock.advance(by: .hours(23))
            try await client.sweep()
            #expect(client.disk.files.map { $0.suffix(36) } == [kept?[...]])
            #expect(try await client.usage(of: user)?.files == 0)
        }
    }

    /// A server that was killed left the first in the middle, and the second without its row.
    @Test(arguments: Engine.tested)
    func `what a crash leaves goes, and nothing that is not ours`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let kept = try await client.keep(Sample.png, by: user)["id"]?.asString ?? ""
            let id: ID<StoredFile> = ID(at: client.clock.now, from: .system)
            let folder = FileStore.folderName(of: id)
            try client.disk.put("partial/\(id)")
            try client.disk.put("\(folder)/\(id)")
            let strange = [
                "notes.txt", "\(folder)/readme", "partial/x", "zzzzz/\(id)", "00000/\(id)",
            ]
            for name in strange { try client.disk.put(name) }
            try await client.sweep()
            #expect(client.disk.files.count == strange.count + 3)
            client.clock.advance(by: .hours(2))
            try await client.sweep()
            #expect(client.disk.trash == [id.description])
            client.clock.advance(by: .days(8))
            try await client.sweep()
            #expect(client.disk.files == (strange + ["\(folder)/\(kept)"]).sorted())
        }
    }

    @Test func `an upload that is under way is left alone, and an empty folder is not`()
        async throws
    {
        try await withServer(on: .sqlite) { client in
            let user = try await client.user()
            let json = try await client.keep(Sample.png, by: user)
            let id = json["id"]?.asString ?? ""
            #expect(await client.ask(.delete, "files/\(id)", by: user).status == 204)
            let folder = client.server.settings.data.file("files/\(id.prefix(5))")
            #expect(Directory.freeBytes(folder) != nil)
            client.clock.advance(by: .minutes(70))
            let young: ID<StoredFile> = ID(at: client.clock.now - .minutes(29), from: .system)
            try client.disk.put("partial/\(young)")
            try await client.sweep()
            #expect(client.disk.files == ["partial/\(young)"])
            client.clock.advance(by: .days(7))
            try await client.sweep()
            #expect(client.disk.files == [])
            #expect(Directory.freeBytes(folder) == nil)
        }
    }

    @Test func `there may be many`() async throws {
        try await withServer(on: .sqlite) { client in
            let user = try await client.user()
            let owner = try #require(ID<User>(user.id))
            let digest = SHA256.digest(of: "")
            for index in 0..<1200 {
                let id: ID<StoredFile> = ID(
                    at: client.clock.now + .milliseconds(index), from: .system)
                try client.disk.put("\(FileStore.folderName(of: id))/\(id)", [])
                if index % 3 == 0 { continue }
                _ = try await client.server.database.first(
                    StoredFile.insert, id, owner,
                    index % 3 == 1 ? "user" : nil, "a", .png, 0,
                    digest, client.clock.now, nil)
            }
            client.clock.advance(by: .hours(3))
            try await client.sweep()
            #expect(client.disk.ids.count == 400)
            // What waited for nobody had a row, and is deleted at once.
            #expect(client.disk.trash.count == 400)
            let rows = try await client.server.database.first(StoredFile.count, owner)
            #expect(rows?.value == 400)
        }
    }

    private static let markDeleted = Statement(
        .write, "UPDATE users SET deleted_at = $2 WHERE id = $1", binds: ID<User>.self,
        Instant.self)

    private static let deleteUser = Statement(
        .write, "DELETE FROM users WHERE id = $1", binds: ID<User>.self)
}

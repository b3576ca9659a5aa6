import API
import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import Identity
import Logs
import Loop
import SQL
import Secrets
import Server
import Testing
import Values

@testable import Files

/// Files as an app uses them: received, claimed, released.
struct ReceiveTests {
    private struct Draft: Decodable, Sendable {
        let title: String
        let motion: Int
    }

    private struct Stage: Sendable {
        let files: Files
        let client: TestClient
        let owner: ID<User>

        func receive(_ form: TestForm, _ rules: UploadRules = UploadRules()) async throws -> Upload
        {
            try await files.receive(call(form), rules, for: owner)
        }

        func call(_ form: TestForm) -> Call {
            Call(
                request: Request(
                    .post, "/", fields: [.contentType: TestForm.type], body: form.ended),
                now: client.clock.now, requestID: "test", logger: .none)
        }

        func claim(_ file: StoredFile, for holder: String = "studio") async throws {
            try await client.server.database.transaction { transaction in
                try await files.claim(file.id, for: holder, in: transaction)
            }
        }

        func release(_ file: StoredFile) async throws {
            try await client.server.database.transaction { transaction in
                try await files.release(file.id, in: transaction)
            }
        }
    }

    /// An app's own view of the files of a server.
    private func withApp(
        on engine: Engine = .sqlite,
        _ body: @escaping @Sendable (Stage, TestUser) async throws -> Void
    ) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let owner = try #require(ID<User>(user.id))
            try await body(Stage(files: client.server.files, client: client, owner: owner), user)
        }
    }

    @Test(arguments: Engine.tested)
    func `a file comes with texts, and waits`(on engine: Engine) async throws {
        try await withApp(on: engine) { app, user in
            let upload = try await app.receive(
                TestForm().field("title", "Ünicode ✓").file(Sample.png).field("motion", "3"))
            #expect(upload.fields == ["title": "Ünicode ✓", "motion": "3"])
            #expect(upload.file.kind == .png && upload.file.bytes == Sample.png.count)
            #expect(upload.file.holder == nil)
            #expect(upload.file.digest == SHA256.digest(of: Sample.png))
            #expect(app.client.disk.bytes(app.client.disk.files.first ?? "") == Sample.png)
            // It is nobody's yet, and not in the list of what is.
            let list = await app.client.ask(.get, "files", by: user).json
            #expect(list["meta"]?["total"] == 0)
            let link = app.files.link(to: upload.file.id, at: app.client.clock.now)
            #expect(await app.client.another().get(link).content == Sample.png)
        }
    }

    @Test func `texts are read as a type, and a file is not kept where they are wrong`()
        async throws
    {
        try await withApp { app, _ in
            let good = TestForm().field("title", "A").field("motion", "3").file(Sample.png)
            let (draft, file) = try await app.files.receive(
                app.call(good), UploadRules(), for: app.owner, reading: Draft.self)
            #expect(draft.title == "A" && draft.motion == 3 && file.kind == .png)
            let bad = TestForm().field("motion", "many").file(Sample.png)
            do {
                _ = try await app.files.receive(
                    app.call(bad), UploadRules(), for: app.owner, reading: Draft.self)
                Issue.record("the texts are wrong")
            } catch let error as InvalidInput {
                #expect(error.fields.map(\.path) == ["title", "motion"])
            }
            #expect(app.client.disk.files.count == 1)
        }
    }

    @Test func `an app says what it takes`() async throws {
        try await withApp { app, _ in
            let rules = UploadRules(bytesMax: 1000, types: [.png, .gif])
            _ = try await app.receive(.file(Sample.png), rules)
            for (data, failure) in [
                (Sample.text, Failure.fileTypeRefused), (Sample.png(ofBytes: 1001), .fileTooLarge),
            ] {
                await #expect(throws: failure) { try await app.receive(.file(data), rules) }
            }
            do {
                _ = try await app.receive(.file(Sample.text, type: "image/png"), rules)
            } catch let failure as Failure {
                #expect(failure.details == ["text/plain", "image/gif", "image/png"])
            }
            #expect(app.client.disk.files.count == 1)
        }
    }

    /// What is wrong is said before all of it was sent.
    @Test func `a wrong type is refused at its beginning`() async throws {
        try await withApp { app, _ in
            let body = BodyStream(highWaterMark: 1 << 20) {}
            let form = TestForm.file(Array(repeating: 0x41, count: 2000)).bytes
            _ = body.push(form)
            let call = Call(
                request: Request(
                    head: RequestHead(
                        method: .post, target: "/", fields: [.contentType: TestForm.type]),
                    body: RequestBody(declaredLength: nil, stream: body), connection: .inProcess),
                now: app.client.clock.now, requestID: "test", logger: .none)
            await #expect(throws: Failure.fileTypeRefused) {
                try await app.files.receive(call, UploadRules(types: [.png]), for: app.owner)
            }
            #expect(app.client.disk.files == [])
        }
    }

    @Test(arguments: Engine.tested)
    func `a file is claimed once`(on engine: Engine) async throws {
        try await withApp(on: engine) { app, user in
            let file = try await app.receive(.file(Sample.png)).file
            let claims = await race(8, app.client) { index in
                (try? await app.claim(file, for: "app\(index)")) != nil
            }
            #expect(claims.filter { $0 }.count == 1)
            let holder = try #require(try await app.files.find(file.id)?.holder)
            try await app.claim(file, for: holder)
            await #expect(throws: Failure.fileNotClaimable) {
                try await app.claim(file, for: "late")
            }
            let listed = await app.client.ask(.get, "files", by: user).json
            #expect(listed["data"]?.asList?.map { $0["usedBy"] } == [.string(holder)])
            let answer = await app.client.ask(.delete, "files/\(file.id)", by: user)
            #expect(answer.status == 409 && answer.code == "FILE_IN_USE")
        }
    }

    @Test(arguments: Engine.tested)
    func `a transaction that fails has claimed nothing`(on engine: Engine) async throws {
        try await withApp(on: engine) { app, _ in
            let file = try await app.receive(.file(Sample.png)).file
            try? await app.client.server.database.transaction { transaction in
                try await app.files.claim(file.id, for: "studio", in: transaction)
                throw Failure.notFound
            }
            #expect(try await app.files.find(file.id)?.holder == nil)
        }
    }

    @Test(arguments: Engine.tested)
    func `what was released is gone for everybody and counts for nobody`(
        on engine: Engine
    ) async throws {
        try await withApp(on: engine) { app, user in
            let file = try await app.receive(.file(Sample.png)).file
            try await app.claim(file)
            #expect(try await app.client.usage(of: user)?.files == 1)
            try await app.release(file)
            try await app.release(file)
            #expect(try await app.client.usage(of: user)?.files == 0)
            #expect(try await app.client.usage(of: user)?.bytes == 0)
            let link = app.files.link(to: file.id, at: app.client.clock.now)
            #expect(await app.client.another().get(link).status == 404)
            await #expect(throws: Failure.fileNotClaimable) { try await app.claim(file) }
            #expect(app.client.disk.files.count == 1)
            try await app.files.delete(file.id)
            #expect(app.client.disk.files == [])
        }
    }
}

import API
import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import Logs
import Loop
import SQL
import Server
import Testing
import Values

@testable import Files

/// Uploads as they come, and as they should not.
struct UploadTests {
    private func withUser(
        on engine: Engine = .sqlite, _ changes: SettingsChange...,
        body: @escaping @Sendable (TestClient, TestUser) async throws -> Void
    ) async throws {
        try await withServer(on: engine, changes) { client in
            try await body(client, try await client.user())
            // Whatever came of it, nothing is left that was not kept.
            let kept = client.disk.files.filter { !$0.hasPrefix("partial/") }
            #expect(client.disk.files == kept)
        }
    }

    private static func post(
        _ client: TestClient, _ user: TestUser, type: String? = TestForm.type, _ body: [UInt8]
    ) async -> TestAnswer {
        var fields: Fields = [.authorization: "Bearer " + user.accessToken]
        if let type { fields[.contentType] = type }
        return await client.send(.post, "/api/v1/files", fields, body: body)
    }

    @Test func `what is no form is refused in words`() async throws {
        try await withUser { client, user in
            let form = TestForm.file(Sample.png).ended
            for type in [nil, "application/json", "multipart/mixed; boundary=x", "text/plain", "x"]
            {
                let answer = await Self.post(client, user, type: type, form)
                #expect(answer.status == 415, "\(type ?? "-")")
                #expect(answer.message == "Send multipart/form-data")
            }
            for type in ["multipart/form-data", "multipart/form-data; boundary=\"\""] {
                let answer = await Self.post(client, user, type: type, form)
                #expect(answer.status == 400 && answer.code == "MALFORMED_BODY", "\(type)")
            }
            for body in [
                [], Array("--x".utf8), Array(form.dropLast(30)), Array(repeating: 0, count: 5000),
            ] {
                let answer = await Self.post(client, user, body)
                #expect(answer.status == 400 && answer.code == "MALFORMED_BODY")
            }
            #expect(client.disk.files == [])
        }
    }

    @Test func `a form has one file, in its field`() async throws {
        try await withUser { client, user in
            let two = TestForm.file(Sample.png).file(Sample.text)
            for (form, problem) in [
                (TestForm().field("name", "x"), "file REQUIRED"), (two, "file FORM_TWICE"),
                (TestForm().file(Sample.png, field: "picture"), "picture UNKNOWN_FIELD"),
                (TestForm().field("a", "1").field("a", "2").file(Sample.png), "a FORM_TWICE"),
            ] {
                let answer = await client.upload(form, by: user)
                #expect(answer.status == 400)
                #expect(answer.fieldErrors == [problem])
            }
            #expect(client.disk.files == [])
            let more = TestForm.file(Sample.png).field("title", "ignored")
            #expect(await client.upload(more, by: user).status == 201)
        }
    }

    @Test func `a name is nowhere on the disk`() async throws {
        try await withUser { client, user in
            for name in [
                "../../../../tmp/x", "/etc/passwd", "..", "a/../../b", "C:\\x", "%2e%2e", "",
            ] {
                let json = try await client.keep(Sample.png, name: name, by: user)
                let stored = json["name"]?.asString ?? "/"
                #expect(!stored.contains("/") && !stored.contains("\\") && stored != "..")
            }
            #expect(client.disk.files.count == 7)
            #expect(client.disk.files.allSatisfy { $0.count == 5 + 1 + 36 })
        }
    }

    @Test func `what a file says that it is counts for nothing`() async throws {
        try await withUser { client, user in
            for (data, said, kind) in [
                (Sample.text, "image/png", "text/plain"), (Sample.png, "text/html", "image/png"),
                ([0, 1], "image/svg+xml", "application/octet-stream"),
                ([], "image/png", "application/octet-stream"),
            ] {
                let answer = await client.upload(
                    .file(data, name: "a.png", type: said), by: user)
                #expect(answer.status == 201)
                #expect(answer.json["type"] == .string(kind))
            }
        }
    }

    // MARK: Limits

    @Test(arguments: Engine.tested)
    func `a file that is too large is refused, and one of just the size is kept`(
        on engine: Engine
    ) async throws {
        try await withUser(on: engine, .set(\.files.bytesMax, "1MB")) { client, user in
            let most = Sample.png(ofBytes: 1 << 20)
            #expect(await client.upload(.file(most), by: user).status == 201)
            let answer = await client.upload(.file(most + [0]), by: user)
            #expect(answer.status == 413 && answer.code == "FILE_TOO_LARGE")
            #expect(answer.message == "The file is larger than 1048576 bytes")
            let huge = await client.upload(.file(Array(repeating: 0, count: 3 << 20)), by: user)
            #expect(huge.status == 413)
            #expect(client.disk.files.count == 1)
        }
    }

    @Test func `26 MB are too many, as the settings are`() async throws {
        try await withUser { client, user in
            let answer = await client.upload(
                .file(Array(repeating: 0, count: 26 << 20)), by: user)
            #expect(answer.status == 413 && answer.code == "FILE_TOO_LARGE")
            #expect(client.disk.files == [])
        }
    }

    @Test func `a field of ten megabytes, and a thousand fields`() async throws {
        try await withUser { client, user in
            let long = TestForm().field("title", String(repeating: "a", count: 10 << 20))
            let many = (0..<1000).reduce(TestForm()) { form, index in form.field("f\(index)", "x") }
            let name = TestForm().field(String(repeating: "n", count: 20_000), "x")
            for form in [long, many, name] {
                let answer = await client.upload(form.file(Sample.png), by: user)
                #expect(answer.status == 413 && answer.code == "BODY_TOO_LARGE")
            }
            #expect(client.disk.files == [])
        }
    }

    @Test(arguments: Engine.tested)
    func `a user's files have bounds, whoever races`(on engine: Engine) async throws {
        try await withUser(
            on: engine, .set(\.files.userBytesMax, "1MB"), .set(\.files.userUploadsMax, 100)
        ) { client, user in
            let data = Sample.png(ofBytes: 200 << 10)
            let statuses = await race(12, client) { _ in
                await client.another().upload(.file(data), by: user).status
            }
            #expect(statuses.filter { $0 == 201 }.count == 5)
            #expect(statuses.filter { $0 == 413 }.count == 7)
            #expect(client.disk.files.count == 5)
            let used = try await client.usage(of: user)
            #expect(used?.bytes == 5 * data.count)
            let id = client.disk.files[0].suffix(36)
            #expect(await client.ask(.delete, "files/\(id)", by: user).status == 204)
            #expect(await client.upload(.file(data), by: user).status == 201)
        }
    }

    @Test(arguments: Engine.tested)
    func `a user's files are counted, too`(on engine: Engine) async throws {
        try await withUser(on: engine, .set(\.files.userFilesMax, 2)) { client, user in
            for status in [201, 201, 413] {
                #expect(await client.upload(.file([]), by: user).status == status)
            }
            let other = try await client.user("other@example.com")
            #expect(await client.upload(.file([]), by: other).status == 201)
        }
    }

    @Test func `what is to be left of the disk is left, and the client is told`() async throws {
        try await withUser(.set(\.files.keepFree, "1000000000GB")) { client, user in
            let answer = await client.upload(.file(Sample.png), by: user)
            #expect(answer.status == 507 && answer.code == "STORAGE_FULL")
            #expect(client.disk.files == [])
            // The operator is told as well.
            #expect(client.log.takeErrors().isEmpty == false)
        }
    }

    // MARK: Slow and gone

    /// A request whose body the test sends piece by piece.
    private struct Sending: Sendable {
        let body = BodyStream(highWaterMark: 1 << 20) {}
        let answer: Task<Response, Never>

        init(_ client: TestClient, _ user: TestUser) {
            let request = Request(
                head: RequestHead(
                    method: .post, target: "/api/v1/files",
                    fields: [
                        .authorization: "Bearer " + user.accessToken, .contentType: TestForm.type,
                    ]), body: RequestBody(declaredLength: nil, stream: body),
                connection: .inProcess)
            answer = client.server.loops.any.spawn { await client.server.respond(to: request) }
        }

        func send(_ bytes: [UInt8]) { _ = body.push(bytes) }
    }

    @Test(arguments: Engine.tested)
    func `a client that leaves midway leaves nothing`(on engine: Engine) async throws {
        try await withUser(on: engine) { client, user in
            let sending = Sending(client, user)
            let form = TestForm.file(Sample.png(ofBytes: 2 << 20)).bytes
            sending.send(Array(form[..<(1 << 20)]))
            while client.disk.files.isEmpty { await Task.yield() }
            #expect(client.disk.files.allSatisfy { $0.hasPrefix("partial/") })
            sending.body.finish(.failure(.disconnected))
            #expect(await sending.answer.value.status == .badRequest)
            #expect(client.disk.files == [])
            let used = try await client.usage(of: user)
            #expect(used == nil)
        }
    }

    @Test func `bytes that come one by one make the same file`() async throws {
        try await withUser { client, user in
            let sending = Sending(client, user)
            for byte in TestForm.file(Sample.png).ended { sending.send([byte]) }
            sending.body.finish()
            #expect(await sending.answer.value.status == .created)
            #expect(client.disk.bytes(client.disk.files.first ?? "") == Sample.png)
        }
    }

    @Test func `an upload has an end, and so has what one user may send at once`() async throws {
        try await withUser(.set(\.files.userUploadsMax, 1), .set(\.files.uploadTime, "5m")) {
            client, user in
            let sending = Sending(client, user)
            let form = TestForm.file(Sample.png).ended
            sending.send(Array(form[..<120]))
            while client.disk.files.isEmpty { await Task.yield() }
            let second = await client.upload(.file(Sample.png), by: user)
            #expect(second.status == 429 && second[.retryAfter] == "5")
            client.clock.advance(by: .minutes(6))
            sending.send(Array(form[120...]))
            #expect(await sending.answer.value.status == .requestTimeout)
            #expect(await client.upload(.file(Sample.png), by: user).status == 201)
        }
    }

    @Test func `a node takes so many at once`() async throws {
        try await withUser(.set(\.files.uploadsMax, 1)) { client, user in
            let sending = Sending(client, user)
            sending.send(Array(TestForm.file(Sample.png).bytes[..<120]))
            while client.disk.files.isEmpty { await Task.yield() }
            let other = try await client.user("other@example.com")
            let answer = await client.upload(.file(Sample.png), by: other)
            #expect(answer.status == 503 && answer[.retryAfter] == "5")
            client.log.takeErrors()
            sending.body.finish(.failure(.disconnected))
            _ = await sending.answer.value
            #expect(await client.upload(.file(Sample.png), by: other).status == 201)
        }
    }
}

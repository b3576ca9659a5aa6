import DatabaseTesting
import Foundation
import Testing

/// The program as an operator meets it: how it starts, why it does not, how it stops.
@Suite(.serialized, .timeLimit(.minutes(1))) struct ProcessTests {
    private let directory: String

    init() throws {
        directory = try #require(makeTemporaryDirectory("atrium-process"))
    }

    private func remove() { try? FileManager.default.removeItem(atPath: directory) }

    private func serve(
        _ words: [String] = [], variables: [String: String] = [:]
    ) throws -> AtriumProcess {
        try AtriumProcess(
            ["serve", "--http", "127.0.0.1:0", "--data", directory + "/data"] + words,
            variables: variables)
    }

    @Test func `it serves, drains on SIGTERM and exits with 0`() throws {
        defer { remove() }
        let process = try serve()
        let answer = try RawHTTP.get("/health", port: process.port())
        #expect(answer.hasPrefix("HTTP/1.1 200 "))
        #expect(answer.hasSuffix(#"{"status":"ok"}"#))
        process.signal(SIGTERM)
        let end = process.end()
        #expect(end.status == 0)
        #expect(end.complaints == [])
        #expect(end.output.contains(#""message":"stopped""#))
    }

    @Test func `Ctrl-C stops it as well`() throws {
        defer { remove() }
        let process = try serve()
        _ = try process.port()
        process.signal(SIGINT)
        #expect(process.end().status == 0)
    }

    @Test func `what is under way is finished before it stops`() throws {
        defer { remove() }
        let process = try serve()
        let connection = try RawHTTP(port: process.port())
        // The body is announced and not yet sent when the signal comes.
        try connection.send(
            "POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        #expect(try connection.receive().hasPrefix("HTTP/1.1 100 "))
        process.signal(SIGTERM)
        try connection.send("{}")
        #expect(try connection.receive().hasPrefix("HTTP/1.1 400 "))
        #expect(process.end().status == 0)
    }

    @Test func `a second signal ends it at once`() throws {
        defer { remove() }
        let process = try serve()
        let connection = try RawHTTP(port: process.port())
        try connection.send(
            "POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{")
        process.signal(SIGTERM)
        process.signal(SIGINT)
        // Which of two waiting signals comes first is the kernel's choice.
        #expect([128 + SIGINT, 128 + SIGTERM].contains(process.end().status))
        withExtendedLifetime(connection) {}
    }

    @Test func `what was acknowledged is there after a kill`() throws {
        defer { remove() }
        let process = try serve()
        let body = #"{"email":"ada@example.com","password":"Analytical1","name":"Ada"}"#
        let port = try process.port()
        let made = try RawHTTP.post("/api/v1/auth/register", body, port: port)
        #expect(made.hasPrefix("HTTP/1.1 201 "))
        process.signal(SIGKILL)
        _ = process.end()
        let again = try serve()
        let signedIn = try RawHTTP.post("/api/v1/auth/login", body, port: again.port())
        #expect(signedIn.hasPrefix("HTTP/1.1 200 "))
        again.signal(SIGTERM)
        #expect(again.end().status == 0)
    }

    // MARK: Why it does not start

    private func expectRefusal(
        _ process: AtriumProcess, status: Int32, _ words: String...
    ) {
        let end = process.end()
        #expect(end.status == status)
        #expect(end.complaints.count == 1, "\(end.complaints)")
        for word in words {
            #expect(end.complaints.first?.contains(word) == true, "\(end.complaints)")
        }
    }

    @Test func `a busy port is told, and nothing is left behind`() throws {
        defer { remove() }
        let first = try serve()
        let port = try first.port()
        let second = try AtriumProcess(
            ["serve", "--http", "127.0.0.1:\(port)", "--data", directory + "/other"])
        expectRefusal(second, status: 1, "127.0.0.1:\(port) is in use", "another port")
        first.signal(SIGTERM)
        #expect(first.end().status == 0)
    }

    @Test func `a second server of one data directory is told whose it is`() throws {
        defer { remove() }
        let first = try serve()
        _ = try first.port()
        expectRefusal(try serve(), status: 1, "in use by another server", "--data")
        first.signal(SIGTERM)
        #expect(first.end().status == 0)
    }

    @Test func `a data directory that cannot be made is told`() throws {
        defer { remove() }
        // A file in the way stops root as well.
        let file = directory + "/file"
        #expect(FileManager.default.createFile(atPath: file, contents: nil))
        let process = try AtriumProcess(["serve", "--data", file + "/data"])
        expectRefusal(process, status: 1, "\(file)/data cannot be made", "--data")
        let same = try AtriumProcess(["serve", "--data", file])
        expectRefusal(same, status: 1, "\(file) cannot be made: it is a file")
    }

    @Test func `a database that does not answer is told in bounded time`() throws {
        defer { remove() }
        let process = try serve(
            ["--set", "database.connectTimeout=500ms"],
            variables: ["DATABASE_URL": "postgres://ada:s3cret@127.0.0.1:1/atrium"])
        expectRefusal(process, status: 1, "127.0.0.1:1", "DATABASE_URL")
    }

    @Test func `a database's password is not in the complaint`() throws {
        defer { remove() }
        let process = try serve(
            ["--set", "database.connectTimeout=500ms"],
            variables: ["DATABASE_URL": "postgres://ada:s3cret@127.0.0.1:1/atrium"])
        #expect(!process.end().complaints.joined().contains("s3cret"))
    }

    @Test func `a secret that is too short is told`() throws {
        defer { remove() }
        let process = try serve(variables: ["BETTER_AUTH_SECRET": "short"])
        expectRefusal(process, status: 2, "BETTER_AUTH_SECRET", "at least 32")
    }

    // Must show 6
    @Test func `S2-9: a bad settings file lists all its mistakes and exits with 2`() throws {
        defer { remove() }
        let file = directory + "/atrium.json5"
        let text = "{http: {listen: [1], limits: {headBytes: 'x', idleTime: 'y'}}, nope: 1}"
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        let end = try AtriumProcess(["serve"], variables: ["CONFIG_FILE": file]).end()
        #expect(end.status == 2)
        #expect(end.complaints.count == 4)
        #expect(end.complaints.allSatisfy { $0.contains(file) })
        let paths = ["http.listen[0]", "http.limits.headBytes", "http.limits.idleTime", "nope"]
        for path in paths { #expect(end.complaints.contains { $0.contains(path) }, "\(path)") }
    }

    @Test func `S2-10: production without secrets does not start`() throws {
        defer { remove() }
        let end = try serve(variables: ["ENVIRONMENT": "prod"]).end()
        #expect(end.status == 2)
        #expect(end.complaints.count == 2)
    }

    @Test func `database.migrate check waits for somebody to migrate`() throws {
        defer { remove() }
        let process = try serve(["--set", "database.migrate=check"])
        expectRefusal(process, status: 1, "core/0001_users", "atrium migrate up")
    }

    @Test func `secrets that are made are kept, for their owner only`() throws {
        defer { remove() }
        let process = try serve()
        _ = try process.port()
        process.signal(SIGTERM)
        #expect(process.end().status == 0)
        for file in ["/data/secrets/signing", "/data/secrets/encryption", "/data/atrium.db"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: directory + file)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(file)")
        }
    }
}

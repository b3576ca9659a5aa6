import Coding
import DatabaseTesting
import Foundation
import Glibc
import Loop
import Testing

/// Clients of the realtime socket that mean no good, or read nothing: each is closed with the right code,
/// and nobody else notices.
@Suite(.serialized, .timeLimit(.minutes(3))) struct HostileSocketTests {
    private static let declarations = """
        {resources: [{name: "notices", owner: "none", rules: {read: "anyone"}, fields: {
          text: {type: "text", required: true, length: [1, 60000]}}}]}
        """

    @Test func `what breaks the protocol is closed with its code`() async throws {
        try await withServer { port, _ in
            let cases: [(name: String, bytes: [UInt8], code: Int)] = [
                ("text that is not UTF-8", LiveSocket.frame(1, [0xc3, 0x28]), 1007),
                ("no mask", LiveSocket.frame(1, Array("{}".utf8), isMasked: false), 1002),
                ("a ping in pieces", LiveSocket.frame(9, [], isLast: false), 1002),
                (
                    "a close that is too long",
                    LiveSocket.frame(8, Array(repeating: 0, count: 126)), 1002
                ),
                ("a reserved opcode", LiveSocket.frame(3), 1002),
                ("a continuation of nothing", LiveSocket.frame(0), 1002),
                ("a binary message", LiveSocket.frame(2, [1]), 1003),
                (
                    "a frame that says it is huge",
                    [0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4], 1009
                ),
                (
                    "a message over the limit",
                    LiveSocket.frame(1, Array(repeating: 0x20, count: 65_537)), 1009
                ),
                (
                    "pieces that are too much together",
                    LiveSocket.frame(1, Array(repeating: 0x20, count: 40_000), isLast: false)
                        + LiveSocket.frame(0, Array(repeating: 0x20, count: 40_000)), 1009
                ),
            ]
            let honest = try LiveSocket(port: port)
            for one in cases {
                let socket = try LiveSocket(port: port)
                try socket.send(one.bytes)
                #expect(try socket.closing().code == one.code, "\(one.name)")
            }
            try honest.say(["type": "ping", "id": 1])
            #expect(try honest.next("pong")["id"] == 1)
        }
    }

    @Test func `a hundred thousand messages are too many, and others are answered meanwhile`()
        async throws
    {
        try await withServer { port, _ in
            let honest = try LiveSocket(port: port)
            let hostile = try LiveSocket(port: port)
            var isClosed = false
            for turn in 0..<100 where !isClosed {
                var bytes: [UInt8] = []
                for number in 0..<1000 {
                    let message: JSON = [
                        "type": "subscribe", "id": .integer(Int64(turn * 1000 + number)),
                        "topic": .string("resources/notices"),
                    ]
                    bytes += LiveSocket.frame(1, message.bytes())
                }
                do { try hostile.send(bytes) } catch { break }
                while hostile.hasSome, !isClosed {
                    guard let closing = try hostile.next().closing else { continue }
                    #expect(closing.code == 1008)
                    #expect(closing.reason.hasPrefix("RATE_LIMITED"))
                    isClosed = true
                }
                try honest.say(["type": "ping", "id": .integer(Int64(turn))])
                if turn < 90 { #expect(try honest.next("pong")["id"] == .integer(Int64(turn))) }
            }
            #expect(isClosed)
        }
    }

    @Test func `who does not read is dropped, and those who do hear everything`() async throws {
        try await withServer { port, token in
            let slow = try LiveSocket(port: port, receives: 4096)
            let quick = try LiveSocket(port: port)
            for socket in [slow, quick] {
                try socket.say(["type": "subscribe", "id": 1, "topic": "resources/notices"])
                _ = try socket.next("ack")
            }
            let text = String(repeating: "x", count: 50_000)
            let count = 200
            var closing: (code: Int, reason: String)?
            for number in 0..<count {
                let answer = try RawHTTP.send(
                    "POST", "/api/v1/notices", #"{"text":"\#(number) \#(text)"}"#, bearer: token,
                    port: port)
                try #require(answer.hasPrefix("HTTP/1.1 201 "), "\(answer.prefix(500))")
                let event = try quick.next("event")
                #expect(event["data"]?["text"]?.asString?.hasPrefix("\(number) ") == true)
                // Once it is dropped it has some seconds to read why.
                let metrics = try RawHTTP.get("/metrics", port: port)
                if closing == nil, metrics.contains("atrium_realtime_dropped_total 1\n") {
                    closing = try slow.closing()
                }
            }
            #expect(closing?.code == 1013)
            #expect(closing?.reason.hasPrefix("SLOW_CONSUMER") == true)
            // It comes back and goes on where it was.
            let again = try LiveSocket(port: port)
            try again.say(
                ["type": "subscribe", "id": 1, "topic": "resources/notices", "since": 0])
            for number in 0..<count {
                let event = try again.next("event")
                #expect(event["data"]?["text"]?.asString?.hasPrefix("\(number) ") == true)
            }
        }
    }

    @Test func `a server that stops says when to come back, and goes`() async throws {
        let directory = try #require(makeTemporaryDirectory("atrium-hostile"))
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let process = try start(directory)
        let socket = try LiveSocket(port: try process.port())
        _ = try socket.next("hello")
        process.signal(SIGTERM)
        let hint = try socket.next("reconnect")
        let wait = try #require(hint["after"]?.asInteger)
        #expect((0..<5000).contains(wait))
        #expect(try socket.closing().code == 1001)
        try socket.send(LiveSocket.frame(8, [0x03, 0xe9]))
        #expect(process.end().status == 0)
    }

    // MARK: The server

    private func start(_ directory: String) throws -> AtriumProcess {
        try Self.declarations.write(
            toFile: directory + "/all.json5", atomically: true, encoding: .utf8)
        return try AtriumProcess(
            [
                "serve", "--http", "127.0.0.1:0", "--data", directory + "/data", "--resources",
                directory, "--set", "log.requests=false", "--set",
                "database.transactionTimeout=30s", "--set", "limits.traffic.isOn=false",
            ], variables: secrets)
    }

    /// The port, and the access token of a user.
    private func withServer(
        _ body: @escaping @Sendable (Int, String) throws -> Void
    ) async throws {
        let directory = try #require(makeTemporaryDirectory("atrium-hostile"))
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let process = try start(directory)
        let port = try process.port()
        let registered = try RawHTTP.post(
            "/api/v1/auth/register",
            #"{"email":"ada@example.com","password":"Analytical1","name":"Ada"}"#, port: port)
        let token = try #require(
            try JSON(parsing: Array(registered.split(separator: "\r\n\r\n")[1].utf8))["tokens"]?[
                "accessToken"]?.asString)
        // On a thread of its own: it waits without giving way.
        let pool = BlockingPool(name: "hostile", threads: 1, queueLimit: 1)
        let result = try await pool.run { Result { try body(port, token) } }
        pool.stop()
        process.signal(SIGTERM)
        #expect(process.end().status == 0)
        try result.get()
    }
}

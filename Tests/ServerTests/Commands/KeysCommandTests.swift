import Coding
import DatabaseTesting
import Mail
import SQL
import Testing
import Values

@testable import Server

@Suite struct KeysCommandTests {
    private static let one = "1:" + String(repeating: "A", count: 42) + "E="
    private static let two = "2:" + String(repeating: "A", count: 42) + "I="

    private func json(
        _ words: [String], _ place: CommandPlace, keys: String
    ) async throws -> JSON {
        let result = await run(
            words + ["--json"] + place.options, variables: ["ENCRYPTION_KEYS": keys])
        #expect(result.status == 0, "\(result.transcript.complaints)")
        return try JSON(parsing: Array(result.transcript.output.joined().utf8))
    }

    // Decision 9
    @Test(arguments: Engine.tested)
    func `keys are listed, rotated, and the old encryption key can go`(on engine: Engine)
        async throws
    {
        let place = try CommandPlace(on: engine)
        defer { place.remove() }
        let before = try await json(["keys", "list"], place, keys: Self.one)
        #expect(before["signing"]?.asList?.count == 1)
        #expect(before["signing"]?[0]?["state"] == "signs")
        #expect(before["encryption"] == [["id": 1, "values": 1]])

        let both = Self.two + "," + Self.one
        let rotation = try await json(["keys", "rotate"], place, keys: both)
        #expect(rotation["resealed"] == 1)
        let after = try await json(["keys", "list"], place, keys: both)
        #expect(
            after["signing"]?.asList?.compactMap { $0["state"] } == ["will sign", "signs"])
        #expect(after["signing"]?[0]?["id"] == rotation["signingKey"])
        #expect(after["signing"]?[1]?["retiresAt"] != .null)
        #expect(after["encryption"] == [["id": 2, "values": 2], ["id": 1, "values": 0]])

        let alone = try await json(["keys", "list"], place, keys: Self.two)
        #expect(alone["encryption"] == [["id": 2, "values": 2]])
        let old = await run(
            ["keys", "list"] + place.options, variables: ["ENCRYPTION_KEYS": Self.one])
        #expect(old.status == 1)
        #expect(
            old.transcript.complaints == [
                "atrium: What the database keeps sealed does not open with the encryption key that "
                    + "is given. Give the one with which it was made (ENCRYPTION_KEYS takes several)."
            ])
    }

    // Decision 9: a mail that waits while the keys change can still be sent when the old one is gone.
    @Test(arguments: Engine.tested)
    func `mails that wait are sealed anew`(on engine: Engine) async throws {
        let place = try CommandPlace(on: engine)
        defer { place.remove() }
        let mail = Mail(
            to: try EmailAddress("ada@example.com"), subject: "Hello", text: "Hello", html: "Hello")
        try await place.onServer(["ENCRYPTION_KEYS": Self.one]) { server in
            for _ in 0..<3 {
                try await server.outbox.insert(
                    mail, at: Clock.system.now, in: server.outbox.queue.database)
            }
        }
        let both = Self.two + "," + Self.one
        #expect(
            try await json(["keys", "list"], place, keys: both)["encryption"]
                == [["id": 2, "values": 0], ["id": 1, "values": 4]])
        #expect(try await json(["keys", "rotate"], place, keys: both)["resealed"] == 4)
        #expect(try await json(["keys", "rotate"], place, keys: both)["resealed"] == 0)
        try await place.onServer(["ENCRYPTION_KEYS": Self.two]) { server in
            let waiting = try await server.outbox.newest(limit: 10)
            #expect(waiting.map(\.mail.subject) == ["Hello", "Hello", "Hello"])
            #expect(waiting.allSatisfy { $0.state == .ready })
        }
    }
}

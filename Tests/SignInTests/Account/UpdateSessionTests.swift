import AtriumTesting
import Coding
import Identity
import SQL
import Server
import Testing
import Values

/// Fields of sessions, which their own device changes.
struct UpdateSessionTests {
    private static let path = "/api/auth/update-session"

    private static func withFields(
        on engine: Engine, _ body: @escaping @Sendable (TestClient) async throws -> Void
    ) async throws {
        let fields = [
            FieldDeclaration(try FieldKey("note"), .text),
            FieldDeclaration(try FieldKey("theme"), .text, default: "light"),
            FieldDeclaration(try FieldKey("risk"), .number, default: 0, input: false),
            FieldDeclaration(try FieldKey("hidden"), .text, returned: false),
        ]
        try await withServer(on: engine, .set(\.auth.session.fields, fields), body: body)
    }

    @Test(arguments: Engine.tested)
    func `a session has its defaults, and an update shows the whole session`(
        on engine: Engine
    ) async throws {
        try await Self.withFields(on: engine) { client in
            let browser = try await client.signedUp()
            let before = await browser.session
            #expect(
                names(before) == [
                    "expiresAt", "token", "createdAt", "updatedAt", "ipAddress", "userAgent",
                    "userId", "note", "theme", "risk", "id",
                ])
            #expect(before["note"] == .null)
            #expect(before["theme"] == "light")
            client.clock.advance(by: .minutes(1))
            let answer = await browser.post(Self.path, ["note": "kitchen", "hidden": "x"])
            #expect(answer.status == 200)
            #expect(names(answer.json) == ["session"])
            #expect(answer.json["session"]?["note"] == "kitchen")
            #expect(answer.json["session"]?["updatedAt"] != before["updatedAt"])
            #expect(answer.json["session"]?["expiresAt"] == before["expiresAt"])
            #expect(answer.setCookies.map(\.name) == ["better-auth.session_token"])
            #expect(await browser.session == answer.json["session"])
        }
    }

    @Test(arguments: Engine.tested)
    func `it is of one device, and the list shows it`(on engine: Engine) async throws {
        try await Self.withFields(on: engine) { client in
            let browser = try await client.signedUp()
            client.clock.advance(by: .minutes(1))
            let other = try await client.signedIn()
            _ = await browser.post(Self.path, ["note": "kitchen"])
            #expect(await other.session["note"] == .null)
            let list = await other.get("/api/auth/list-sessions").json.asList ?? []
            #expect(list.map { $0["note"] } == [.null, "kitchen"])
        }
    }

    @Test(arguments: Engine.tested)
    func `an update does not put off the session's end`(on engine: Engine) async throws {
        try await Self.withFields(on: engine) { client in
            let browser = try await client.signedUp()
            let before = await browser.session
            for _ in 0..<3 {
                client.clock.advance(by: .hours(9))
                _ = await browser.post(Self.path, ["note": "again"])
            }
            let answer = await browser.get("/api/auth/get-session")
            #expect(answer.json["session"]?["expiresAt"] != before["expiresAt"])
            #expect(answer.setCookies.map(\.name) == ["better-auth.session_token"])
        }
    }

    @Test(arguments: Engine.tested)
    func `what is not declared, not for clients or of another type is refused`(
        on engine: Engine
    ) async throws {
        try await Self.withFields(on: engine) { client in
            let browser = try await client.signedUp()
            let nothing: JSON = ["message": "No fields to update"]
            #expect(await browser.post(Self.path, [:]).json == nothing)
            let core: JSON = [
                "foo": 1, "userId": "x", "expiresAt": "2099-01-01T00:00:00Z", "token": "x",
                "activeOrganizationId": "x",
            ]
            #expect(await browser.post(Self.path, core).json == nothing)
            let closed = await browser.post(Self.path, ["risk": 5])
            #expect(closed.code == "FIELD_NOT_ALLOWED")
            #expect(closed.message == "risk is not allowed to be set")
            let wrong = await browser.post(Self.path, ["note": 5, "theme": [1]])
            #expect(
                wrong.message == """
                    [body.note] Invalid input: expected string, received number; \
                    [body.theme] Invalid input: expected string, received array
                    """)
            let list = await browser.post(Self.path, [1])
            #expect(list.code == "VALIDATION_ERROR")
            #expect(await client.browser().post(Self.path, ["note": "x"]).status == 401)
        }
    }

    @Test(arguments: Engine.tested)
    func `without declarations it refuses every body`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let browser = try await client.signedUp()
            let answer = await browser.post(Self.path, ["note": "x"])
            #expect(answer.status == 400)
            #expect(answer.json == ["message": "No fields to update"])
        }
    }
}

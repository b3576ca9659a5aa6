import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

/// S2-11: a user changes his name and picture; what he leaves out stays.
struct UpdateUserTests {
    private static func update(_ client: TestClient, _ json: JSON) async -> TestAnswer {
        await client.post("/api/auth/update-user", json)
    }

    private static func user(_ client: TestClient) async -> JSON? {
        await client.get("/api/auth/get-session").json["user"]
    }

    @Test(arguments: Engine.tested)
    func `Compat changes name and image, one without the other`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let browser = try await client.signedUp()
            client.clock.advance(by: .minutes(1))
            let answer = await Self.update(browser, ["name": "Alicia"])
            #expect(answer.status == 200)
            #expect(answer.json == ["status": true])
            #expect(answer.setCookies.map(\.name) == ["better-auth.session_token"])
            #expect(answer.setCookies[0].attributes.first == "max-age=604800")
            let image: JSON = "https://example.com/i.png"
            #expect(await Self.update(browser, ["image": image]).status == 200)
            let user = await Self.user(browser)
            #expect(user?["name"] == "Alicia")
            #expect(user?["image"] == image)
            #expect(user?["updatedAt"] == .string(client.clock.now.description))
            #expect(await Self.update(browser, ["image": .null]).status == 200)
            #expect(await Self.user(browser)?["image"] == .null)
            #expect(await Self.user(browser)?["name"] == "Alicia")
        }
    }

    @Test(arguments: Engine.tested)
    func `what cannot be changed so is refused, in better-auth's words`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let browser = try await client.signedUp()
            let before = await Self.user(browser)
            for nothing: JSON in [
                [:], ["foo": 1], ["emailVerified": true], ["id": "x", "role": "admin"],
                ["email": ""],
            ] {
                let answer = await Self.update(browser, nothing)
                #expect(answer.status == 400)
                #expect(answer.json == ["message": "No fields to update"])
            }
            let email = await Self.update(browser, ["email": "x@example.com", "name": "X"])
            #expect(
                email.json == [
                    "message": "Email can not be updated", "code": "EMAIL_CAN_NOT_BE_UPDATED",
                ])
            for wrong: JSON in [
                ["name": 5], ["name": "a\u{0}b"], ["image": ["x"]], ["image": 1],
                ["name": .string(String(repeating: "x", count: 101))], [],
            ] {
                #expect(await Self.update(browser, wrong).status == 400, "\(wrong)")
            }
            #expect(await Self.user(browser) == before)
            let session = await browser.post("/api/auth/update-session", ["token": "x"])
            #expect(session.status == 400)
            #expect(session.json == ["message": "No fields to update"])
        }
    }

    @Test(arguments: Engine.tested)
    func `nobody is changed from a foreign page, or without a session`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let browser = try await client.signedUp()
            for path in ["update-user", "update-session"] {
                let foreign = await browser.post(
                    "/api/auth/" + path, ["name": "Eve"], [.origin: "http://evil.example"])
                #expect(foreign.status == 403)
                let nobody = await client.another().post("/api/auth/" + path, ["name": "Eve"])
                #expect(nobody.json == ["message": "Unauthorized", "code": "UNAUTHORIZED"])
            }
            #expect(await Self.user(browser)?["name"] == "Ada")
            for path in ["/api/auth/me", "/api/v1/auth/me"] {
                #expect(await client.send(.patch, path, json: ["name": "Eve"]).status == 401)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `V1 and Tokens answer the user as he is now, and all his sessions know`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let other = await client.another().post(
                "/api/auth/login",
                ["email": .string(user.email), "password": .string(user.password)])
            // In the cache by now.
            #expect(
                await client.get("/api/auth/me", bearer: other.accessToken).json["name"]
                    == "Ada Lovelace")
            let v1 = await client.send(
                .patch, "/api/v1/auth/me", json: ["name": "Countess"], bearer: user.accessToken)
            #expect(v1.status == 200)
            #expect(names(v1.json) == ["user"])
            #expect(v1.json["user"]?["name"] == "Countess")
            let me = await client.get("/api/auth/me", bearer: other.accessToken)
            #expect(me.json["name"] == "Countess")
            let tokens = await client.send(
                .patch, "/api/auth/me", json: ["image": "https://example.com/a.png"],
                bearer: other.accessToken)
            #expect(tokens.json["image"] == "https://example.com/a.png")
            #expect(tokens.json["name"] == "Countess")
            let empty = await client.send(
                .patch, "/api/auth/me", json: [:], bearer: other.accessToken)
            #expect(empty.json == tokens.json)
            let none = await client.send(
                .patch, "/api/auth/me", json: ["image": .null], bearer: user.accessToken)
            #expect(none.json["image"] == nil)
            let short = await client.send(
                .patch, "/api/v1/auth/me", json: ["name": "A"], bearer: user.accessToken)
            #expect(short.fieldErrors == ["name TOO_SHORT: Must be at least 2 characters"])
        }
    }
}

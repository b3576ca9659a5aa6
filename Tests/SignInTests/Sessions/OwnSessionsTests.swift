import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

/// S2-11: what a user sees of his sessions and does with them, by tokens: V1 and Tokens alike.
struct OwnSessionsTests {
    private static let paths = ["/api/v1/auth/sessions", "/api/auth/sessions"]

    private static func login(_ client: TestClient) async throws -> String {
        let answer = await client.another().post(
            "/api/v1/auth/login", ["email": "ada@example.com", "password": "Correct-horse-1"],
            [.userAgent: "Phone/1"])
        return try #require(answer.accessToken)
    }

    private static func isSignedIn(_ client: TestClient, _ token: String) async -> Bool {
        await client.another().get("/api/auth/me", bearer: token).status == 200
    }

    @Test(arguments: Engine.tested)
    func `the list shows each device, and which one asks`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            client.clock.advance(by: .minutes(1))
            let phone = try await Self.login(client)
            _ = try await client.user("eve@example.com")
            for path in Self.paths {
                let answer = await client.get(path, bearer: user.accessToken)
                #expect(answer.status == 200)
                let sessions = try #require(answer.json["sessions"]?.asList)
                #expect(sessions.count == 2)
                #expect(
                    names(sessions[0]) == [
                        "id", "isCurrent", "createdAt", "updatedAt", "expiresAt", "ipAddress",
                        "userAgent",
                    ])
                #expect(sessions.map { $0["isCurrent"] } == [false, true])
                #expect(sessions[0]["userAgent"] == "Phone/1")
                #expect(sessions[1]["userAgent"] == .null)
                #expect(sessions[0]["ipAddress"] == "127.0.0.1")
                #expect(!answer.text.contains(phone) && !answer.text.contains("rt_"))
                #expect(await client.get(path).status == 401)
            }
            client.clock.advance(by: .days(6))
            let answer = await client.another().post(
                "/api/v1/auth/refresh", ["refreshToken": .string(user.refreshToken)])
            client.clock.advance(by: .days(1) + .minutes(1))
            let left = await client.get(
                Self.paths[0],
                bearer: await client.another().post(
                    "/api/v1/auth/refresh",
                    ["refreshToken": .string(answer.refreshToken ?? "")]
                ).accessToken)
            #expect(left.json["sessions"]?.asList?.count == 1)
        }
    }

    @Test(arguments: Engine.tested)
    func `ending one ends all that its device holds, at once`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            for (index, path) in Self.paths.enumerated() {
                let user = try await client.user("u\(index)@example.com")
                let login = await client.another().post(
                    "/api/auth/login",
                    ["email": .string(user.email), "password": .string(user.password)])
                let other = try #require(login.accessToken)
                #expect(await Self.isSignedIn(client, other))
                let list = await client.get(path, bearer: other).json["sessions"]?.asList ?? []
                let id = try #require(
                    list.first { $0["isCurrent"] == true }?["id"]?.asString)
                let ended = await client.send(
                    .delete, path + "/" + id, [.authorization: "Bearer " + user.accessToken])
                #expect(ended.status == 200)
                #expect(ended.json == ["success": true])
                #expect(ended.setCookies.isEmpty)
                #expect(await !Self.isSignedIn(client, other))
                let refreshed = await client.another().post(
                    "/api/auth/refresh",
                    ["refreshToken": .string(login.refreshToken ?? "")])
                #expect(refreshed.status == 401)
                #expect(await Self.isSignedIn(client, user.accessToken))
                let again = await client.send(
                    .delete, path + "/" + id, [.authorization: "Bearer " + user.accessToken])
                #expect(again.status == 404)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `nobody ends the session of another`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let ada = try await client.user()
            let eve = try await client.user("eve@example.com")
            let list = await client.get(Self.paths[0], bearer: ada.accessToken)
            let id = try #require(list.json["sessions"]?[0]?["id"]?.asString)
            for path in Self.paths {
                let tried = await client.send(
                    .delete, path + "/" + id, [.authorization: "Bearer " + eve.accessToken])
                #expect(tried.status == 404)
                #expect((tried.v1Code ?? tried.code) == "NOT_FOUND")
                #expect(await client.send(.delete, path + "/" + id).status == 401)
                for bad in ["x", "%00", "..", id + "0"] {
                    let answer = await client.send(
                        .delete, path + "/" + bad, [.authorization: "Bearer " + eve.accessToken])
                    #expect([400, 404].contains(answer.status), "\(bad)")
                }
                let all = await client.send(
                    .delete, path + "?includeCurrent=true",
                    [.authorization: "Bearer " + ada.accessToken + "x"])
                #expect(all.status == 401)
            }
            #expect(await Self.isSignedIn(client, ada.accessToken))
        }
    }

    @Test(arguments: Engine.tested)
    func `the others, or all`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let eve = try await client.user("eve@example.com")
            for path in Self.paths {
                let mine = try await Self.login(client)
                let phone = try await Self.login(client)
                let others = await client.send(
                    .delete, path, [.authorization: "Bearer " + mine])
                #expect(others.status == 200)
                #expect(others.setCookies.isEmpty)
                #expect(await Self.isSignedIn(client, mine))
                #expect(await !Self.isSignedIn(client, phone))
                let all = await client.send(
                    .delete, path + "?includeCurrent=true", [.authorization: "Bearer " + mine])
                #expect(all.cookie("atrium.refresh_token")?.value == "")
                #expect(await !Self.isSignedIn(client, mine))
            }
            #expect(await !Self.isSignedIn(client, user.accessToken))
            #expect(await Self.isSignedIn(client, eve.accessToken))
        }
    }
}

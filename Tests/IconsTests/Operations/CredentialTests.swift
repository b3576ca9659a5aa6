import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

/// S0-10: by which credentials icons are drawn and read.
struct CredentialTests {
    // S0-10
    @Test(arguments: Engine.tested)
    func `a key draws and reads what its scopes name`(on engine: Engine) async throws {
        try await withServer(on: engine, served) { client in
            let user = try await client.user()
            let reader = try await client.apiKey(of: user, ["icons:read"])
            let writer = try await client.apiKey(of: user, ["icons:write"])
            let body: JSON = ["prompt": "A compass"]
            let icon = try TestIcon(await client.ask(.post, "/api/icons", body, key: writer))
            let list = await client.ask(.get, "/api/icons", key: reader)
            #expect(list.json["data"] == [icon.json])
            for (method, path, key, scope) in [
                (Method.post, "/api/icons", reader, "icons:write"),
                (.patch, icon.path, reader, "icons:write"),
                (.delete, icon.path, reader, "icons:write"),
                (.get, icon.path, writer, "icons:read"),
                (.get, "/api/icons/generator", writer, "icons:read"),
            ] {
                let answer = await client.ask(method, path, method == .get ? nil : body, key: key)
                #expect(answer.status == 403)
                #expect(answer.code == "MISSING_SCOPE")
                #expect(answer.message == "The API key does not have the scope \(scope)")
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `icons are a person's: an organization's key has none`(on engine: Engine) async throws {
        try await withServer(on: engine, served) { client in
            let user = try await client.user()
            let organization = try await client.organization(user, "engines")
            let made = await client.post(
                "/api/v1/api-keys",
                [
                    "name": "Report", "scopes": ["icons:read", "icons:write"],
                    "organizationId": .string(organization),
                ], bearer: user.accessToken)
            let key = try #require(made.json["key"]?.asString)
            for method in [Method.get, .post] {
                let answer = await client.ask(
                    method, "/api/icons", method == .get ? nil : ["prompt": "x"], key: key)
                #expect(answer.status == 403)
                #expect(answer.code == "FORBIDDEN")
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a browser's cookie is enough, from a page that is trusted`(on engine: Engine)
        async throws
    {
        try await withServer(on: engine, served) { client in
            let browser = client.browser()
            _ = await browser.post(
                "/api/auth/sign-up/email",
                [
                    "name": "Ada", "email": "ada@example.com",
                    "password": .string(TestClient.password),
                ])
            let icon = try TestIcon(await browser.post("/api/icons", ["prompt": "A compass"]))
            #expect(await browser.get(icon.path + "/svg").status == 200)
            let foreign = await browser.post(
                "/api/icons", ["prompt": "x"], [.origin: "https://evil.example"])
            #expect(foreign.status == 401)
        }
    }

    // S1-19
    @Test func `S1-19: front ends on ports 3000 and 3001 may ask in development`() async throws {
        try await withServer(on: .sqlite, served) { client in
            for port in [3000, 3001] {
                let origin = "http://localhost:\(port)"
                let asked = await client.send(
                    .options, "/api/icons",
                    [
                        .origin: origin, FieldName("access-control-request-method"): "POST",
                        FieldName("access-control-request-headers"): "authorization,content-type",
                    ])
                #expect(asked["access-control-allow-origin"] == origin)
                #expect(asked["access-control-allow-methods"]?.contains("PATCH") == true)
                let answer = await client.get("/api/icons", [.origin: origin])
                #expect(answer["access-control-allow-origin"] == origin)
            }
        }
    }
}

import AtriumTesting
import Coding
import HTTP
import SQL
import Server
import Testing

/// C1, C3, C9: who answers which path, and how, where nothing is found.
struct PathsTests {
    @Test(arguments: [
        "/api/auth/nothing", "/api/auth/sign-in", "/api/auth/ok/", "/api/auth//ok", "/api/auth/",
    ])
    func `under api auth an unknown path is an empty 404`(path: String) async throws {
        try await withServer(on: .sqlite) { client in
            for method in [Method.get, .post, .delete, .head, .options] {
                let answer = await client.send(method, path)
                #expect(answer.status == 404)
                #expect(answer.bytes.isEmpty)
                #expect(answer[.contentType] == nil)
            }
        }
    }

    @Test func `and so is another method of one of Compat's paths`() async throws {
        try await withServer(on: .sqlite) { client in
            for (method, path) in [
                (Method.get, "/api/auth/sign-up/email"), (.post, "/api/auth/ok"),
                (.delete, "/api/auth/get-session"), (.head, "/api/auth/ok"),
                (.options, "/api/auth/sign-in/email"),
            ] {
                let answer = await client.send(method, path)
                #expect(answer.status == 404, "\(method) \(path)")
                #expect(answer.bytes.isEmpty)
            }
        }
    }

    @Test func `the paths of Tokens answer in JSON`() async throws {
        try await withServer(on: .sqlite) { client in
            let method = await client.get("/api/auth/login")
            #expect(method.status == 405)
            #expect(method[.allow] == "POST")
            #expect(
                method.json == [
                    "error": "This path has no such method", "code": "METHOD_NOT_ALLOWED",
                    "message": "This path has no such method",
                ])
            let below = await client.get("/api/auth/login/x")
            #expect(below.status == 404)
            #expect(
                below.json == ["error": "Not found", "code": "NOT_FOUND", "message": "Not found"])
        }
    }

    @Test func `every surface can be switched off`() async throws {
        try await withServer(on: .sqlite, .set(\.surfaces, [.v1])) { client in
            #expect(await client.get("/api/auth/ok").status == 404)
            #expect(await client.post("/api/auth/login", [:]).status == 404)
            #expect(await client.post("/api/v1/auth/login", [:]).status == 400)
        }
        try await withServer(on: .sqlite, .set(\.surfaces, [.tokens])) { client in
            #expect(await client.get("/api/auth/ok").status == 404)
            #expect(await client.get("/api/auth/nothing").json["code"] == "NOT_FOUND")
            #expect(await client.post("/api/auth/login", [:]).status == 400)
            #expect(await client.post("/api/v1/auth/login", [:]).status == 404)
        }
        try await withServer(on: .sqlite, .set(\.surfaces, [.compat])) { client in
            #expect(await client.get("/api/auth/ok").status == 200)
            #expect(await client.post("/api/auth/login", [:]).bytes.isEmpty)
        }
    }

    // S0-2, S1-10, S1-11, S2-6, S3-36 and C20
    @Test(arguments: ["", "/api", "/api/v1"])
    func `health is found under all three prefixes`(prefix: String) async throws {
        try await withServer(on: .sqlite) { client in
            for path in ["/health", "/health/live", "/health/liveness"] {
                let answer = await client.get(prefix + path)
                #expect(answer.status == 200)
                #expect(answer.json == ["status": "ok"])
            }
            for path in ["/health/ready", "/health/readiness"] {
                let answer = await client.get(prefix + path)
                #expect(answer.status == 200)
                #expect(answer.json == ["status": "ok", "checks": ["database": true]])
            }
        }
    }

    // S1-1
    @Test func `as it comes it is at localhost 4000, and S1's paths are below api`() async throws {
        #expect(Settings().http.listen.map(\.port) == [4000])
        try await withServer(on: .sqlite) { client in
            let document = await client.get("/api/openapi.json").json
            #expect(document["servers"]?[0]?["url"] == "http://localhost:4000")
            for (method, path) in [
                (Method.post, "/auth/refresh"), (.post, "/auth/logout"), (.get, "/auth/me"),
            ] {
                #expect(document["paths"]?["/api" + path]?[method.name.lowercased()] != nil)
                let answer = await client.send(method, "/api" + path)
                #expect(answer.status == 401)
            }
        }
    }

    // S1-15
    @Test func `every answer of the JSON surfaces parses as JSON`() async throws {
        try await withServer(on: .sqlite) { client in
            let document = await client.get("/api/openapi.json")
            #expect(document.json["openapi"] == "3.1.0")
            for path in document.json["paths"]?.asObject?.names ?? []
            where path.hasPrefix("/api/v1") || path.hasPrefix("/api/auth/lo") {
                for answer in [await client.get(path), await client.post(path, [:])] {
                    #expect(answer[.contentType] == "application/json", "\(path)")
                    #expect(answer.json.asObject?.isEmpty == false, "\(path)")
                }
            }
        }
    }

    /// Every operation is found at its path, has an id of its own, and lists what it may answer.
    @Test func `the document describes what is served`() async throws {
        try await withServer(on: .sqlite) { client in
            let paths = await client.get("/api/openapi.json").json["paths"]?.asObject
            let operations = (paths?.members ?? []).flatMap { $0.value.asObject?.members ?? [] }
            let ids = operations.compactMap { $0.value["operationId"]?.asString }
            #expect(ids.count == operations.count)
            #expect(Set(ids).count == ids.count)
            let login = paths?["/api/v1/auth/login"]?["post"]?["responses"]
            #expect(
                login?.asObject?.names == [
                    "200", "400", "401", "403", "413", "415", "423", "429", "500", "503",
                ])
            #expect(login?["423"]?["$ref"] == "#/components/responses/V1AccountLocked")
            let signUp = paths?["/api/auth/sign-up/email"]?["post"]?["responses"]?["403"]
            #expect(
                signUp?["content"]?["application/json"]?["examples"]?.asObject?.names.contains(
                    "INVALID_ORIGIN") == true)
        }
    }
}

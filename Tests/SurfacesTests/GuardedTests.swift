import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

@testable import Identity
@testable import Server

/// S4-14, S4-19: what stands before and around every operation: who calls, what he sends, and what
/// becomes of an error.
struct GuardedTests {
    private struct Target {
        let method: Method
        let path: String
        let operation: JSON
    }

    /// better-auth answers these without a body.
    private static let bodiless: Set = [
        "/api/auth/get-access-token", "/api/auth/refresh-token", "/api/auth/account-info",
    ]

    /// All operations of the document.
    private static func targets(_ client: TestClient) async throws -> [Target] {
        let document = await client.get("/api/openapi.json").json
        let paths = try #require(document["paths"]?.asObject)
        return paths.members.flatMap { path in
            (path.value.asObject?.members ?? []).compactMap { member in
                Method(member.name.uppercased()).map {
                    Target(method: $0, path: path.name, operation: member.value)
                }
            }
        }
    }

    /// An id in the place of each name.
    private static func filled(_ path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false).map {
            $0.hasPrefix("{") ? "0199c82c-c000-7000-8000-000000000001" : String($0)
        }.joined(separator: "/")
    }

    // S4-14
    @Test(arguments: Engine.tested)
    func `what the document guards answers 401 to who shows nothing`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let guarded = try await Self.targets(client).filter { target in
                // An empty object among the schemes: it can do without.
                let schemes = target.operation["security"]?.asList ?? []
                return !schemes.isEmpty && !schemes.contains([:])
            }
            #expect(guarded.count > 30)
            for target in guarded {
                let answer = await client.another().send(
                    target.method, Self.filled(target.path), [.contentType: "application/json"],
                    body: Array("{}".utf8))
                let place = Comment(rawValue: "\(target.method) \(target.path): \(answer.text)")
                #expect(answer.status == 401, place)
                if Self.bodiless.contains(target.path) {
                    #expect(answer.bytes.isEmpty, place)
                    continue
                }
                let code = answer.json["error"]?["code"] ?? answer.json["code"]
                #expect(code?.asString == "UNAUTHORIZED", place)
            }
        }
    }

    // S4-14
    @Test(arguments: Engine.tested)
    func `what is no JSON, or not as the schema says, is 400 and reaches no handler`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let needy = try await Self.targets(client).filter { target in
                let schema = target.operation["requestBody"]?["content"]?["application/json"]
                return target.operation["requestBody"]?["required"] == true && schema != nil
                    && target.operation["security"] == [[:]]
            }
            #expect(needy.count > 5)
            for target in needy {
                for body in ["{", "[]", "5", #"{"email":5,"token":5,"password":[]}"#] {
                    let answer = await client.another().send(
                        target.method, Self.filled(target.path),
                        [.contentType: "application/json"], body: Array(body.utf8))
                    #expect(
                        answer.status == 400,
                        "\(target.method) \(target.path) \(body): \(answer.text)")
                    #expect(answer.json.asObject?.isEmpty == false)
                }
            }
        }
    }

    // S4-14
    @Test(arguments: Engine.tested)
    func `an error that nobody foresaw is 500 without a word of what it was`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            try await client.server.database.transaction {
                try await $0.runScript("ALTER TABLE organizations RENAME TO elsewhere")
            }
            let answer = await client.get(
                "/api/v1/organizations", [.authorization: "Bearer " + user.accessToken])
            #expect(answer.status == 500)
            #expect(
                answer.json == [
                    "error": ["code": "INTERNAL_ERROR", "message": "Something went wrong"]
                ])
            // The log has it, once, with the request's id.
            let errors = client.log.takeErrors()
            #expect(errors.count == 1)
            #expect(errors.first?.contains(answer["x-request-id"] ?? "-") == true)
        }
    }

    // S4-19. S4's own paths, with its body of text, come with that app (C9).
    @Test(arguments: Engine.tested)
    func `a verified token stands for the user that it names, while he is there`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            for name in ["ada", "grace"] {
                let user = try await client.user("\(name)@example.com")
                let payload = user.accessToken.split(separator: ".")[1]
                let claims = try JSON(parsing: try #require(Base64URL.decode(String(payload))))
                #expect(claims["userId"] == .string(user.id))
                let me = await client.get("/api/auth/me", bearer: user.accessToken)
                #expect(me.json["id"] == claims["userId"])
                #expect(me.json["email"] == .string(user.email))
                // Nowhere but in the header.
                for elsewhere in ["?token=", "?access_token=", "?authorization=Bearer%20"] {
                    #expect(
                        await client.get("/api/auth/me" + elsewhere + user.accessToken).status
                            == 401)
                }
                let id = try #require(ID<User>(user.id))
                try await client.server.program.identity.delete(
                    id, by: .operator, at: client.clock.now)
                let gone = await client.get("/api/auth/me", bearer: user.accessToken)
                #expect(gone.status == 401)
                #expect(gone.json["error"] == "Unauthorized")
            }
        }
    }
}

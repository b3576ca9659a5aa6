import AtriumTesting
import Coding
import DatabaseTesting
import SQL
import Secrets
import Testing
import Values

/// What an access token is, and what is none.
struct AccessTokenTests {
    private static func me(_ client: TestClient, _ token: String?) async -> TestAnswer {
        await client.another().get("/api/auth/me", bearer: token)
    }

    private static func parts(_ token: String) -> [String] {
        token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }

    private static func decode(_ part: String) throws -> JSON {
        try JSON(parsing: try #require(Base64URL.decode(part)))
    }

    private static func encode(_ json: JSON) -> String { Base64URL.encode(json.bytes()) }

    // S0-7, S1-6, S0-10
    @Test(arguments: Engine.tested)
    func `me shows who is signed in`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let tokens = await Self.me(client, user.accessToken)
            #expect(tokens.status == 200)
            #expect(tokens.json["id"] == .string(user.id))
            #expect(tokens.json["email"] == "ada@example.com")
            let v1 = await client.get("/api/v1/auth/me", bearer: user.accessToken)
            #expect(v1.status == 200)
            #expect(names(v1.json) == ["user"])
            #expect(names(v1.json["user"]) == ["id", "email", "name", "createdAt"])
            for scheme in ["bearer", "BEARER", "Bearer  "] {
                let answer = await client.get(
                    "/api/auth/me", [.authorization: scheme + " " + user.accessToken])
                #expect(answer.status == 200)
            }
        }
    }

    // S3-18
    @Test(arguments: Engine.tested)
    func `without a token it is 401`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let v1 = await client.get("/api/v1/auth/me")
            #expect(v1.status == 401)
            #expect(
                v1.json == ["error": ["code": "UNAUTHORIZED", "message": "Not authenticated"]])
            #expect(v1[.wwwAuthenticate] == "Bearer")
            let tokens = await client.get("/api/auth/me")
            #expect(tokens.status == 401)
            #expect(
                tokens.json == [
                    "error": "Unauthorized", "code": "UNAUTHORIZED", "message": "Unauthorized",
                ])
            for field in ["Basic YTpi", "Bearer", "Bearer ", "x", "Bearer a b"] {
                #expect(
                    await client.get("/api/auth/me", [.authorization: field]).status == 401)
            }
        }
    }

    // S3-25 and C6: the claims that all clients read.
    @Test(arguments: Engine.tested)
    func `a token names user and session and lives a quarter of an hour`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let parts = Self.parts(user.accessToken)
            #expect(parts.count == 3)
            let header = try Self.decode(parts[0])
            #expect(header["alg"] == "EdDSA")
            let claims = try Self.decode(parts[1])
            #expect(claims["sub"] == .string(user.id))
            #expect(claims["userId"] == .string(user.id))
            #expect(claims["sid"]?.asString?.count == 36)
            #expect(claims["iss"] == "http://localhost:4000")
            #expect(claims["iat"] == .integer(client.clock.now.seconds))
            #expect(claims["exp"] == .integer(client.clock.now.seconds + 900))
            client.clock.advance(by: .seconds(899))
            #expect(await Self.me(client, user.accessToken).status == 200)
            client.clock.advance(by: .seconds(1))
            #expect(await Self.me(client, user.accessToken).status == 401)
        }
    }

    @Test(arguments: Engine.tested)
    func `the published keys verify a token`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let answer = await client.get("/api/auth/jwks")
            #expect(answer.status == 200)
            #expect(answer[.cacheControl] == "public, max-age=300")
            let key = try #require(answer.json["keys"]?[0])
            #expect(answer.json["keys"]?.asList?.count == 1)
            #expect(key["kty"] == "OKP")
            #expect(key["d"] == nil)
            let header = try Self.decode(Self.parts(user.accessToken)[0])
            #expect(header["kid"] == key["kid"])
            let keys = KeySet([try VerifyingKey(jwk: key)])
            let verified = try JWT.verify(
                user.accessToken, keys: keys, at: client.clock.now, rules: JWTRules())
            #expect(verified.claims["sub"] == .string(user.id))
        }
    }

    @Test(arguments: Engine.tested)
    func `tokens that were tampered with are refused`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let eve = try await client.user("eve@example.com")
            let parts = Self.parts(user.accessToken)
            let header = try Self.decode(parts[0])
            var claims = try #require(try Self.decode(parts[1]).asObject)
            claims["exp"] = .integer(client.clock.now.seconds + 99_999)
            var unsigned = try #require(header.asObject)
            unsigned["alg"] = "none"
            var symmetric = unsigned
            symmetric["alg"] = "HS256"
            let own = try SigningKey.generate(.edDSA)
            let forged = [
                "\(parts[0]).\(Self.encode(.object(claims))).\(parts[2])",
                "\(Self.encode(.object(unsigned))).\(parts[1]).",
                "\(Self.encode(.object(unsigned))).\(parts[1]).\(parts[2])",
                "\(Self.encode(.object(symmetric))).\(parts[1]).\(parts[2])",
                "\(parts[0]).\(Self.parts(eve.accessToken)[1]).\(parts[2])",
                "\(parts[0]).\(parts[1]).", "\(parts[0]).\(parts[1])", "..", ".", "a.b.c",
                user.accessToken + "A", user.accessToken + "=", "." + user.accessToken,
                JWT.sign(JSON.object(claims), with: own),
            ]
            for token in forged {
                let answer = await Self.me(client, token)
                #expect(answer.status == 401, "\(token)")
            }
            #expect(await Self.me(client, user.accessToken).status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `a token of another server is refused`(on engine: Engine) async throws {
        let foreign = try await withServer(on: .sqlite) { try await $0.user().accessToken }
        try await withServer(on: engine) { client in
            #expect(await Self.me(client, foreign).status == 401)
        }
    }

    @Test(arguments: Engine.tested, ["ES256", "RS256"])
    func `other algorithms by setting`(on engine: Engine, _ name: String) async throws {
        let algorithm = try #require(SigningAlgorithm(rawValue: name))
        try await withServer(on: engine, .set(\.auth.tokens.algorithm, algorithm)) { client in
            let user = try await client.user()
            let header = try Self.decode(Self.parts(user.accessToken)[0])
            #expect(header["alg"] == .string(name))
            #expect(await Self.me(client, user.accessToken).status == 200)
        }
    }
}

import AtriumTesting
import Coding
import DatabaseTesting
import SQL
import Testing
import Values

/// What holds whichever surface a user comes through.
struct SignUpTests {
    @Test(arguments: Engine.tested)
    func `of many registrations of one address at once one is let through`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let statuses = await race(12, client) { index in
                let email = JSON.string(index.isMultiple(of: 2) ? "Ada@x.io" : "ada@X.io")
                let device = client.another()
                switch index % 3 {
                case 0:
                    return await device.post(
                        "/api/v1/auth/register",
                        ["email": email, "password": "Correct-horse-1", "name": "Ada"]
                    ).status
                case 1:
                    return await device.post(
                        "/api/auth/register", ["email": email, "password": "Correct-horse-1"]
                    ).status
                default:
                    return await device.post(
                        "/api/auth/sign-up/email",
                        ["email": email, "password": "Correct-horse-1", "name": "Ada"]
                    ).status
                }
            }
            #expect(statuses.filter { $0 < 300 }.count == 1)
            #expect(statuses.filter { $0 >= 300 }.allSatisfy { $0 == 409 || $0 == 422 })
            let login = await client.post(
                "/api/v1/auth/login", ["email": "ada@x.io", "password": "Correct-horse-1"])
            #expect(login.status == 200)
        }
    }

    // C1: one user, one row, whichever surface made it.
    @Test(arguments: Engine.tested)
    func `one user signs in through all surfaces`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let credentials: JSON = ["email": "ada@example.com", "password": "Correct-horse-1"]
            let up = await client.post(
                "/api/auth/sign-up/email",
                ["email": "ada@example.com", "password": "Correct-horse-1", "name": "Ada"])
            let id = try #require(up.json["user"]?["id"])
            let v1 = await client.another().post("/api/v1/auth/login", credentials)
            let tokens = await client.another().post("/api/auth/login", credentials)
            let compat = await client.another().post("/api/auth/sign-in/email", credentials)
            for answer in [v1, tokens, compat] {
                #expect(answer.status == 200)
                #expect(answer.json["user"]?["id"] == id)
                #expect(answer.json["user"]?["name"] == "Ada")
            }
            // Tokens of one surface are good on the other, and so is a session's token as bearer.
            let access = try #require(v1.accessToken)
            #expect(await client.another().get("/api/auth/me", bearer: access).status == 200)
            let session = try #require(compat.json["token"]?.asString)
            let me = await client.another().get("/api/v1/auth/me", bearer: session)
            #expect(me.status == 200)
            #expect(me.json["user"]?["id"] == id)
        }
    }

    // S3-26, S2-13: the database has no password.
    @Test(arguments: Engine.tested)
    func `what is stored is a bcrypt hash`(on engine: Engine) async throws {
        try await withServer(on: engine, .set(\.auth.password.bcryptCost, 5)) { client in
            let user = try await client.user()
            let rows = try await client.server.database.all(Self.hashes)
            #expect(rows.count == 1)
            #expect(rows[0].value.hasPrefix("$2b$05$"))
            #expect(!rows[0].value.contains(user.password))
            let log = client.log.lines.joined()
            #expect(!log.contains(user.password))
            #expect(!log.contains(user.refreshToken))
            #expect(!log.contains(user.accessToken))
        }
    }

    private static let hashes = Statement(
        .scan, "SELECT password_hash FROM users", returns: Single<String>.self)

    @Test(arguments: Engine.tested)
    func `a full hashing queue is 503 and other requests go on`(on engine: Engine) async throws {
        try await withServer(
            on: engine, .set(\.auth.password.queueMax, 1),
            .set(\.auth.password.bcryptCost, 10)
        ) { client in
            let user = try await client.user()
            let answers = await race(16, client) { _ in
                await client.another().post(
                    "/api/v1/auth/login",
                    ["email": .string(user.email), "password": "Wrong-horse-1"])
            }
            #expect(answers.allSatisfy { $0.status == 401 || $0.status == 503 })
            let busy = answers.filter { $0.status == 503 }
            #expect(!busy.isEmpty)
            #expect(
                busy.allSatisfy { $0[.retryAfter] == "1" && $0.v1Code == "SERVICE_UNAVAILABLE" })
            #expect(await client.get("/api/v1/auth/me", bearer: user.accessToken).status == 200)
            client.log.takeErrors()
        }
    }
}

import API
import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Server
import Testing
import Values

@testable import Identity

/// S3-28: what sign-ins write into the audit log, on every surface.
struct AuditedSignInTests {
    /// The oldest first.
    private static func entries(_ client: TestClient) async throws -> [AuditEntry] {
        try await AuditLog(client.server.database, .system, storesAddress: true)
            .list(about: nil, since: .distantPast, max: 1000).reversed()
    }

    private static let wrong: JSON = ["email": "ada@example.com", "password": "Wrong-horse-1"]
    private static let right: JSON = ["email": "ada@example.com", "password": "Correct-horse-1"]

    @Test(
        arguments: Engine.tested,
        ["/api/v1/auth/login", "/api/auth/login", "/api/auth/sign-in/email"])
    func `S3-28: signing up, in and a wrong password are recorded with who, whence and which`(
        on engine: Engine, _ path: String
    ) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            client.clock.advance(by: .seconds(1))
            #expect(await client.another().post(path, Self.wrong).status == 401)
            client.clock.advance(by: .seconds(1))
            let fields: Fields = [.userAgent: "tests/1"]
            let answer = await client.another().post(path, Self.right, fields)
            #expect(answer.status == 200)
            let entries = try await Self.entries(client)
            #expect(entries.map(\.event) == [.signedUp, .signInFailed, .signedIn])
            #expect(entries.allSatisfy { $0.userID?.description == user.id })
            let (failed, signedIn) = (entries[1], entries[2])
            #expect(failed.actor == "anonymous")
            #expect(failed.sessionID == nil)
            #expect(signedIn.actor == "user:\(user.id)")
            #expect(signedIn.sessionID != nil)
            #expect(signedIn.address == "127.0.0.1")
            #expect(signedIn.userAgent == "tests/1")
            #expect(signedIn.requestID == answer["x-request-id"])
            #expect(signedIn.details == #"{"method":"password"}"#)
        }
    }

    @Test(arguments: Engine.tested)
    func `S3-28: a wrong password for nobody is recorded without the address`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            _ = await client.post(
                "/api/v1/auth/login", ["email": "secret@example.com", "password": "Wrong-horse-1"])
            let entries = try await Self.entries(client)
            #expect(entries.map(\.event) == [.signInFailed])
            #expect(entries.first?.userID == nil)
            #expect(!entries.contains { "\($0)".contains("secret") })
        }
    }

    @Test(arguments: Engine.tested)
    func `S3-28: signing out and ending all sessions are recorded`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            client.clock.advance(by: .seconds(1))
            let browser = client.browser()
            _ = await browser.post("/api/auth/sign-in/email", Self.right)
            client.clock.advance(by: .seconds(1))
            #expect(await browser.post("/api/auth/sign-out").status == 200)
            client.clock.advance(by: .seconds(1))
            #expect(
                await client.post("/api/v1/auth/logout", bearer: user.accessToken).status == 200)
            client.clock.advance(by: .seconds(1))
            _ = await browser.post("/api/auth/sign-in/email", Self.right)
            client.clock.advance(by: .seconds(1))
            #expect(await browser.post("/api/auth/revoke-sessions").status == 200)
            let entries = try await Self.entries(client)
            #expect(
                entries.map(\.event) == [
                    .signedUp, .signedIn, .signedOut, .signedOut, .signedIn, .sessionsRevoked,
                ])
            #expect(entries[2].sessionID == entries[1].sessionID)
            #expect(entries[3].sessionID == entries[0].sessionID)
            #expect(entries[5].details == #"{"count":1}"#)
        }
    }

    @Test(arguments: Engine.tested, ["/api/v1/auth/sessions", "/api/auth/sessions"])
    func `S3-28: ending one's own sessions is recorded, ending none is not`(
        on engine: Engine, _ path: String
    ) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            for _ in 0..<3 { _ = await client.another().post("/api/v1/auth/login", Self.right) }
            let sessions = await client.get(path, bearer: user.accessToken)
            let own = sessions.json["sessions"]?.asList ?? []
            let other = try #require(own.first { $0["isCurrent"] == false }?["id"]?.asString)
            client.clock.advance(by: .seconds(1))
            for end in ["\(path)/\(other)", path, path] {
                let answer = await client.send(
                    .delete, end, [.authorization: "Bearer \(user.accessToken)"])
                #expect(answer.status == 200)
                client.clock.advance(by: .seconds(1))
            }
            let ended = try await Self.entries(client).filter { $0.event == .sessionsRevoked }
            #expect(ended.map(\.details) == [#"{"count":1}"#, #"{"count":2}"#])
            #expect(ended.allSatisfy { $0.userID?.description == user.id })
        }
    }

    @Test(arguments: Engine.tested)
    func `S3-28: a refresh token that is used twice is recorded with its session`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            let refresh: JSON = ["refreshToken": .string(user.refreshToken)]
            #expect(await client.another().post("/api/v1/auth/refresh", refresh).status == 200)
            client.clock.advance(by: .minutes(1))
            #expect(await client.another().post("/api/v1/auth/refresh", refresh).status == 401)
            let entries = try await Self.entries(client)
            #expect(entries.map(\.event) == [.signedUp, .refreshReused])
            #expect(entries[1].userID?.description == user.id)
            #expect(entries[1].sessionID == entries[0].sessionID)
        }
    }

    @Test(arguments: Engine.tested)
    func `S3-28: the failure that locks an account is recorded as that, too`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, .set(\.limits.guards, true)) { client in
            _ = try await client.user()
            for _ in 0..<5 {
                for _ in 0..<2 { _ = await client.another().post("/api/v1/auth/login", Self.wrong) }
                client.clock.advance(by: .minutes(2))
            }
            let events = try await Self.entries(client).map(\.event)
            #expect(events.filter { $0 == .signInFailed }.count == 10)
            #expect(events.filter { $0 == .accountLocked }.count == 1)
        }
    }

    @Test(arguments: Engine.tested)
    func `of a flood of wrong passwords the most is counted only`(on engine: Engine) async throws {
        try await withStore(on: engine) { store in
            try await Migrator(Identity.migrations, clock: .system).up(on: store)
            let log = AuditLog(store, .system, storesAddress: true)
            let clock = MovableClock()
            func call() -> Call {
                Call(request: Request(.post, "/"), now: clock.now, requestID: "x", logger: .none)
            }
            for _ in 0..<350 { try await log.appendFailure(about: nil, call()) }
            clock.advance(by: .minutes(1))
            try await log.appendFailure(about: nil, call())
            let entries = try await log.list(about: nil, since: .distantPast, max: 1000)
            #expect(entries.count == 301)
            #expect(entries.first?.details == #"{"passedOver":50}"#)
        }
    }

    @Test(arguments: Engine.tested)
    func `S3-28: no entry holds a password or a token`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            _ = await client.another().post("/api/v1/auth/login", Self.wrong)
            _ = await client.another().post("/api/auth/sign-in/email", Self.right)
            let text = try await Self.entries(client).map { "\($0)" }.joined()
            for secret in ["Wrong-horse", "Correct-horse", user.refreshToken, user.accessToken] {
                #expect(!text.contains(secret))
            }
        }
    }
}

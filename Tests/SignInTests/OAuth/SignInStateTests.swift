import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import Identity
import ProviderTesting
import SQL
import Testing
import Values

@testable import Server

/// Icons 4, weak point 1: a state is random, hashed, ten minutes old at most, taken once, and bound to
/// the browser that began.
struct SignInStateTests {
    @Test(arguments: Engine.tested)
    func `a state is taken once`(on engine: Engine) async throws {
        try await withProvider(on: engine) { visit in
            let callback = try visit.callback(from: try await visit.begin())
            #expect(await visit.browser.get(callback).status == 200)
            let again = await visit.browser.get(callback)
            #expect(again.status == 400)
            #expect(again.code == "STATE_INVALID")
        }
    }

    @Test(arguments: Engine.tested)
    func `50 tasks with one state: one signs in`(on engine: Engine) async throws {
        try await withProvider(on: engine) { visit in
            let callback = try visit.callback(from: try await visit.begin())
            let answers = await race(50, visit.client) { _ in await visit.browser.get(callback) }
            #expect(answers.count { $0.status == 200 } == 1)
            #expect(answers.count { $0.code == "STATE_INVALID" } == 49)
            #expect(visit.provider.requests(of: "/token") == 1)
            #expect(try await visit.events() == ["signed_up"])
        }
    }

    @Test(arguments: Engine.tested)
    func `C4: another browser, or one without cookies, is not signed in and spoils nothing`(
        on engine: Engine
    ) async throws {
        try await withProvider(on: engine) { visit in
            let callback = try visit.callback(from: try await visit.begin())
            let victim = visit.client.browser()
            #expect(await victim.get(callback).code == "STATE_NOT_BOUND")
            // One that has begun a sign-in of its own has a cookie of its own.
            #expect(await victim.get(ProviderVisit.start).status == 200)
            let lured = await victim.get(callback)
            #expect(lured.status == 400)
            #expect(lured.code == "STATE_NOT_BOUND")
            #expect(visit.provider.requests(of: "/token") == 0)
            #expect(await visit.browser.get(callback).status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `it ends after ten minutes`(on engine: Engine) async throws {
        try await withProvider(on: engine) { visit in
            let late = try visit.callback(from: try await visit.begin())
            // A browser has forgotten its cookie by then; one that has not gets no further.
            let secret = try #require(visit.browser.cookies["atrium.sign_in"])
            visit.advance(by: .minutes(10))
            visit.browser.cookies.set("atrium.sign_in", secret)
            #expect(await visit.browser.get(late).code == "STATE_INVALID")
            visit.browser.cookies.removeAll()
            let early = try visit.callback(from: try await visit.begin())
            visit.advance(by: .minutes(10) - .seconds(1))
            #expect(await visit.browser.get(early).status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `a state of another provider, a made-up one and none at all are unknown`(
        on engine: Engine
    ) async throws {
        try await withProvider(
            on: engine, .set(\.auth.oauth.github.clientID, try ClientID("x")),
            .set(\.auth.oauth.github.clientSecret, try ClientSecret("y"))
        ) { visit in
            let callback = try visit.callback(from: try await visit.begin())
            let query = callback.drop { $0 != "?" }
            let mixed = await visit.browser.get("/api/auth/oauth/github/callback" + query)
            #expect(mixed.code == "STATE_INVALID")
            for state in ["", "x", String(repeating: "A", count: 43), "%00", "é"] {
                let answer = await visit.browser.get(
                    "\(ProviderVisit.start)/callback?code=a&state=\(state)")
                #expect(answer.status == 400, "\(state)")
            }
            #expect(await visit.browser.get(ProviderVisit.start + "/callback").status == 400)
            #expect(await visit.browser.get("/api/auth/oauth/nobody").code == "UNKNOWN_PROVIDER")
            // The mix-up has not consumed it.
            #expect(await visit.browser.get(callback).status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `two tabs of one browser do no harm to each other`(on engine: Engine) async throws {
        try await withProvider(on: engine) { visit in
            let one = try visit.callback(from: try await visit.begin())
            let two = try visit.callback(from: try await visit.begin())
            #expect(await visit.browser.get(one).status == 200)
            #expect(await visit.browser.get(two).status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `the database knows no secret of a sign-in under way`(on engine: Engine) async throws {
        try await withProvider(on: engine) { visit in
            let answer = await visit.browser.get(ProviderVisit.start + "?redirect_to=/secret-page")
            let url = try #require(answer.json["url"]?.asString)
            let cookie = try #require(answer.cookie("atrium.sign_in"))
            #expect(cookie.attributes == ["max-age=600", "path=/", "httponly", "samesite=lax"])
            let fields = try FormURLEncoded.decode(query: url.drop { $0 != "?" }.dropFirst())
            let parameters = Dictionary(fields.map { ($0.name, $0.text) }) { $1 }
            // RFC 7636 §4.2: S256 and 43 characters.
            #expect(parameters["code_challenge_method"] == "S256")
            #expect(parameters["code_challenge"]?.utf8.count == 43)
            let rows = try await visit.client.server.database.all(
                "SELECT memo_sealed FROM sign_in_states", returning: Single<String>.self)
            #expect(rows.count == 1 && rows[0].value.hasPrefix("a1."))
            for secret in [parameters["state"], parameters["nonce"], cookie.value] {
                #expect(try #require(secret).utf8.count == 43)
                #expect(!rows[0].value.contains(try #require(secret)))
            }
            #expect(!rows[0].value.contains("secret-page"))
        }
    }

    @Test func `over https no sibling domain can set the cookie`() async throws {
        try await withProvider(
            on: .sqlite, .set(\.baseURL, try BaseURL("https://auth.example.com"))
        ) { visit in
            let answer = await visit.browser.get(ProviderVisit.start)
            let cookie = try #require(answer.cookie("__Host-atrium.sign_in"))
            #expect(cookie.attributes.contains("secure") && cookie.attributes.contains("path=/"))
        }
    }

    @Test(arguments: Engine.tested)
    func `what has ended is swept away`(on engine: Engine) async throws {
        try await withProvider(on: engine) { visit in
            _ = try await visit.begin()
            visit.advance(by: .minutes(10))
            try await visit.client.server.program.identity.sweep(at: visit.client.clock.now)
            let rows = try await visit.client.server.database.all(
                "SELECT provider FROM sign_in_states", returning: Single<String>.self)
            #expect(rows.isEmpty)
        }
    }

    @Test(arguments: Engine.tested)
    func `only so many are sent off from one address`(on engine: Engine) async throws {
        try await withProvider(on: engine, .set(\.limits.guards, true)) { visit in
            for _ in 0..<30 { #expect(await visit.browser.get(ProviderVisit.start).status == 200) }
            #expect(await visit.browser.get(ProviderVisit.start).status == 429)
        }
    }
}

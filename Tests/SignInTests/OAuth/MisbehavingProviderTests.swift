import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import Identity
import ProviderTesting
import SQL
import Testing
import Values

/// Issue 4: a provider that lies, is slow, or down. Nobody is signed in, and the answer says whose fault
/// it is.
struct MisbehavingProviderTests {
    /// What no token of the provider may be, or say.
    @Test(
        arguments: Engine.tested,
        [
            Lie.otherNonce, .noNonce, .otherAudience, .otherIssuer, .expired, .notYetValid,
            .noSubject, .unsigned, .signedWithThePublicKey, .signedWithAnUnknownKey,
            .signedWithAnotherKey, .otherKindOfToken, .noIDToken, .garbledIDToken,
            .otherTokenType,
        ])
    func `a lie in or about the id_token signs nobody in`(
        on engine: Engine, _ lie: Lie
    ) async throws {
        try await withProvider(on: engine) { visit in
            visit.provider.lie(lie)
            let answer = try await visit.signIn()
            #expect(answer.status == 502)
            #expect(answer.code == "PROVIDER_FAULTY")
            #expect(answer.accessToken == nil && answer.setCookies.isEmpty)
            #expect(try await visit.events() == [])
            // The operator reads why; the visitor does not.
            #expect(visit.client.log.lines.contains { $0.contains("a provider could not be used") })
            // What was a lie is no grudge.
            visit.provider.lie()
            #expect(try await visit.signIn().status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `user info about somebody else is a lie, too`(on engine: Engine) async throws {
        try await withProvider(on: engine) { visit in
            // Without an address in the id_token the endpoint is asked.
            visit.provider.lie(.noAddress)
            let answer = try await visit.signIn()
            #expect(answer.status == 200)
            visit.provider.lie(.noAddress, .otherSubjectInUserInfo)
            let lied = try await visit.signIn()
            #expect(lied.code == "PROVIDER_FAULTY")
        }
    }

    @Test(arguments: [Lie.otherIssuerInDiscovery, .otherSchemeInDiscovery])
    func `a document of another issuer, or one that leads elsewhere, is not believed`(
        _ lie: Lie
    ) async throws {
        try await withProvider(on: .sqlite) { visit in
            visit.provider.lie(lie)
            let started = await visit.browser.get(ProviderVisit.start)
            if started.status == 200 {
                // The keys are somewhere that is no place for them.
                let url = try #require(started.json["url"]?.asString)
                let answer = await visit.browser.get(try visit.callback(from: url))
                #expect(answer.code == "PROVIDER_FAULTY")
            } else {
                #expect(started.status == 502)
                #expect(started.code == "PROVIDER_FAULTY")
            }
        }
    }

    @Test(arguments: [
        (Lie.slow, 504, "PROVIDER_TIMEOUT"), (.huge, 502, "PROVIDER_FAULTY"),
        (.garbled, 502, "PROVIDER_FAULTY"), (.redirects, 502, "PROVIDER_FAULTY"),
        (.failsWith500, 503, "PROVIDER_UNAVAILABLE"),
    ])
    func `a provider that answers badly is told from one that lies`(
        _ lie: Lie, _ status: Int, _ code: String
    ) async throws {
        try await withProvider(
            on: .sqlite, .set(\.outgoing.timeout, "500ms")
        ) { visit in
            // From the first question on.
            visit.provider.lie(lie)
            let started = await visit.browser.get(ProviderVisit.start)
            #expect(started.status == status)
            #expect(started.code == code)
            visit.provider.lie()
            // And from the middle.
            let callback = try visit.callback(from: try await visit.begin())
            visit.provider.lie(lie)
            let answer = await visit.browser.get(callback)
            #expect(answer.status == status)
            #expect(answer.code == code)
            // The secrets of a token request go to nobody else.
            #expect(visit.provider.requests(of: "/elsewhere/token") == 0)
        }
    }

    @Test(arguments: Engine.tested)
    func `a provider that is down is back when it is back`(on engine: Engine) async throws {
        try await withProvider(on: engine) { visit in
            let callback = try visit.callback(from: try await visit.begin())
            await visit.provider.stop()
            let answer = await visit.browser.get(callback)
            #expect(answer.status == 503)
            #expect(answer.code == "PROVIDER_UNAVAILABLE")
            try visit.provider.start()
            #expect(try await visit.signIn().status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `keys that were rotated are fetched again, once in a while`(
        on engine: Engine
    ) async throws {
        try await withProvider(on: engine) { visit in
            #expect(try await visit.signIn().status == 200)
            #expect(try await visit.signIn().status == 200)
            #expect(visit.provider.requests(of: "/keys") == 1)
            #expect(visit.provider.requests(of: "/.well-known/openid-configuration") == 1)
            try visit.provider.rotateKey()
            visit.advance(by: .minutes(2))
            #expect(try await visit.signIn().status == 200)
            #expect(visit.provider.requests(of: "/keys") == 2)
            // Tokens that name keys which nobody has do not have it asked again and again.
            visit.provider.lie(.signedWithAnUnknownKey)
            for _ in 0..<5 { #expect(try await visit.signIn().status == 502) }
            #expect(visit.provider.requests(of: "/keys") == 2)
            visit.advance(by: .minutes(2))
            for _ in 0..<5 { #expect(try await visit.signIn().status == 502) }
            #expect(visit.provider.requests(of: "/keys") == 3)
        }
    }

    @Test func `what cannot be fetched anew stays good for a day`() async throws {
        try await withProvider(on: .sqlite) { visit in
            let answer = try await visit.signIn()
            #expect(answer.status == 200)
            visit.advance(by: .hours(2))
            await visit.provider.stop()
            // The page's address is known without the provider.
            #expect(await visit.browser.get(ProviderVisit.start).status == 200)
            visit.advance(by: .hours(24))
            #expect(await visit.browser.get(ProviderVisit.start).status == 503)
        }
    }

    @Test(arguments: Engine.tested)
    func `S1-3: a user who says no at his provider is told so`(on engine: Engine) async throws {
        try await withProvider(on: engine) { visit in
            let url = try await visit.begin()
            let fields = try FormURLEncoded.decode(query: url.drop { $0 != "?" }.dropFirst())
            let state = try #require(fields.first { $0.name == "state" }?.text)
            let answer = await visit.browser.get(
                "\(ProviderVisit.start)/callback?error=access_denied&state=\(state)")
            #expect(answer.status == 403)
            #expect(answer.code == "CONSENT_REFUSED")
            #expect(answer.message?.hasSuffix(": access_denied") == true)
            #expect(visit.provider.requests(of: "/token") == 0)
        }
    }

    /// RFC 9207: a code of another provider does not get in by this one's address.
    @Test(arguments: Engine.tested)
    func `an answer in the name of another issuer is refused`(on engine: Engine) async throws {
        try await withProvider(on: engine) { visit in
            let callback = try visit.callback(from: try await visit.begin())
            let start = try #require(callback.firstRange(of: "&iss=")?.lowerBound)
            let other = callback[..<start] + "&iss=https%3A%2F%2Fother.example"
            let answer = await visit.browser.get(String(other))
            #expect(answer.code == "PROVIDER_FAULTY")
            #expect(visit.provider.requests(of: "/token") == 0)
        }
    }

    @Test(arguments: Engine.tested)
    func `a code that is none is whoever's fault who shows it`(on engine: Engine) async throws {
        try await withProvider(on: engine) { visit in
            let callback = try visit.callback(from: try await visit.begin())
            let made = callback.replacing(/code=[A-Za-z0-9]+/, with: "code=made-up")
            let answer = await visit.browser.get(made)
            #expect(answer.status == 400)
            #expect(answer.code == "GRANT_REFUSED")
        }
    }

    @Test func `a provider that does not know us is no fault of the visitor's`() async throws {
        try await withProvider(
            on: .sqlite, \.clientSecret, try ClientSecret("wrong")
        ) { visit in
            let answer = try await visit.signIn()
            #expect(answer.code == "PROVIDER_FAULTY")
            #expect(visit.client.log.lines.contains { $0.contains("invalid_client") })
            #expect(!visit.client.log.lines.contains { $0.contains("wrong") })
        }
    }

    @Test func `a provider in a private network is asked only where that is allowed`()
        async throws
    {
        try await withProvider(
            on: .sqlite, .set(\.outgoing.privateNetworks, false)
        ) { visit in
            #expect(await visit.browser.get(ProviderVisit.start).code == "PROVIDER_FAULTY")
            #expect(visit.provider.requests(of: "/.well-known/openid-configuration") == 0)
        }
    }
}

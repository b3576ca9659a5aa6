import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import Identity
import ProviderTesting
import SQL
import Testing
import Values

/// A server with a provider of OpenID Connect that is called `test`, and a browser that visits both.
struct ProviderVisit: Sendable {
    let provider: OpenIDProvider
    let providerClock: MovableClock
    let client: TestClient
    let browser: TestClient

    static let start = "/api/auth/oauth/test"

    /// The address of the provider's page.
    func begin(_ query: String = "", _ fields: Fields = [:]) async throws -> String {
        let answer = await browser.get(Self.start + query, fields)
        guard answer.status == 200, let url = answer.json["url"]?.asString else {
            throw UnexpectedAnswer(status: answer.status, text: answer.text)
        }
        return url
    }

    /// The path and query at which the provider sends the browser back.
    func callback(from url: String, surface: String = Self.start) throws -> String {
        surface + "/callback?" + (try #require(provider.consent(at: url)))
    }

    /// Goes there and back.
    func signIn(_ query: String = "") async throws -> TestAnswer {
        await browser.get(try callback(from: try await begin(query)))
    }

    func advance(by duration: Duration) {
        client.clock.advance(by: duration)
        providerClock.advance(by: duration)
    }

    /// S3-28: the names of what the audit log holds, in the order of the alphabet: all of it may be of one
    /// moment of the clock.
    func events() async throws -> [String] {
        try await client.server.database.all(
            "SELECT event FROM audit_log ORDER BY event", returning: Single<String>.self
        ).map(\.value)
    }
}

/// Runs `body` with a visit of its own, at a provider with one setting of another value.
func withProvider<Value>(
    on engine: Engine, _ path: WritableKeyPath<ProviderSettings, Value>, _ value: Value,
    body: @escaping @Sendable (ProviderVisit) async throws -> Void
) async throws {
    try await withProvider(on: engine, [], { $0[keyPath: path] = value }, body)
}

/// Runs `body` with a visit of its own.
func withProvider(
    on engine: Engine, _ changes: SettingsChange...,
    body: @escaping @Sendable (ProviderVisit) async throws -> Void
) async throws {
    try await withProvider(on: engine, changes, { _ in }, body)
}

private func withProvider(
    on engine: Engine, _ changes: [SettingsChange], _ adjust: (inout ProviderSettings) -> Void,
    _ body: @escaping @Sendable (ProviderVisit) async throws -> Void
) async throws {
    let clock = MovableClock()
    let provider = try OpenIDProvider(clock: clock.clock)
    var settings = ProviderSettings(
        id: ProviderID(stored: "test"), clientID: try ClientID(provider.clientID))
    settings.clientSecret = try ClientSecret(provider.clientSecret)
    settings.issuer = try ProviderURL(provider.issuer)
    adjust(&settings)
    let own = SettingsChange.set(\.auth.oauth.providers, [settings])
    let brief = SettingsChange.set(\.outgoing.timeout, "2s")
    try await withServer(on: engine, [own, brief] + changes) { client in
        try await body(
            ProviderVisit(
                provider: provider, providerClock: clock, client: client,
                browser: client.browser()))
    }
    await provider.stop()
}

extension TestAnswer {
    /// The query of where it leads.
    var redirectQuery: [String: String] {
        guard let target = self[.location], let mark = target.firstIndex(of: "?"),
            let fields = try? FormURLEncoded.decode(
                query: target[mark...].dropFirst().prefix { $0 != "#" })
        else { return [:] }
        return Dictionary(fields.map { ($0.name, $0.text) }) { $1 }
    }
}

import AtriumTesting
import Coding
import HTTP
import Identity
import ProviderTesting
import SQL
import Server
import Testing
import Values

/// A server with the providers of the recordings: `mock`, which is trusted, and `mock-nosignup`.
@discardableResult
func withMock<Value: Sendable>(
    on engine: Engine, _ changes: SettingsChange...,
    body: @escaping @Sendable (TestClient) async throws -> Value
) async throws -> Value {
    let mock = try MockProvider.start()
    let own = try [("mock", true), ("mock-nosignup", false)].map { id, isFirst in
        var provider = ProviderSettings(id: try ProviderID(id), clientID: try ClientID(id))
        provider.clientSecret = try ClientSecret("secret")
        provider.authorizationURL = try ProviderURL(mock.address + "/authorize")
        provider.tokenURL = try ProviderURL(mock.address + "/token")
        provider.userInfoURL = try ProviderURL(mock.address + "/userinfo")
        provider.scopes = [try OAuthScope("openid"), try OAuthScope("email")]
        (provider.pkce, provider.signUp) = (isFirst, isFirst ? .always : .requested)
        return provider
    }
    let trusted = own[0].id
    let mocks: [SettingsChange] = [
        .set(\.auth.oauth.providers, own), .set(\.auth.linking.trustedProviders, [trusted]),
    ]
    let result = try await withServer(on: engine, mocks + changes, body: body)
    await mock.stop()
    return result
}

/// What the mock says of Ada, or of somebody else.
func person(
    _ subject: String = "ada-1", _ email: String = "ada@example.com", isVerified: Bool? = nil
) -> JSON {
    var person: JSONObject = [
        "sub": .string(subject), "email": .string(email), "name": "Ada Lovelace",
        "picture": "https://example.com/ada.png",
    ]
    person["email_verified"] = isVerified.map { .boolean($0) }
    return .object(person)
}

extension TestClient {
    /// Asks for a provider's page and returns the state of its address.
    func begin(
        _ provider: String = "mock", at path: String = "sign-in/social", _ more: JSONObject = [:]
    ) async throws -> String {
        var body: JSONObject = ["provider": .string(provider)]
        for member in more.members { body[member.name] = member.value }
        let answer = await post("/api/auth/" + path, .object(body))
        try #require(answer.status == 200, "\(answer.text)")
        return try query(of: answer.json["url"]?.asString, "state")
    }

    /// Comes back from the provider's page.
    func comeBack(
        _ state: String, as person: JSON = person(), to provider: String = "mock"
    ) async -> TestAnswer {
        let query = FormURLEncoded.encode([
            ("code", MockProvider.code(for: person)), ("state", state),
        ])
        return await get("/api/auth/callback/\(provider)?\(query)")
    }

    /// Signs in and returns where the browser goes on.
    func signIn(
        as person: JSON = person(), _ provider: String = "mock", _ more: JSONObject = [:]
    ) async throws -> String? {
        await comeBack(try await begin(provider, more), as: person, to: provider)[.location]
    }

    /// Links and returns where the browser goes on.
    func link(
        _ person: JSON, _ provider: String = "mock", _ more: JSONObject = [:]
    ) async throws -> String? {
        await comeBack(
            try await begin(provider, at: "link-social", more), as: person, to: provider)[.location]
    }

    var accounts: [JSON] { get async { await get("/api/auth/list-accounts").json.asList ?? [] } }

    /// The id of the account at a provider.
    func account(_ provider: String = "mock") async throws -> String {
        let found = await accounts.first { $0["providerId"] == .string(provider) }
        return try #require(found?["id"]?.asString)
    }
}

/// A parameter of a URL.
func query(of url: String?, _ name: String) throws -> String {
    let url = try #require(url)
    let start = try #require(url.firstIndex(of: "?"))
    let fields = try FormURLEncoded.decode(query: url[start...].dropFirst())
    return try #require(fields.first { $0.name == name }).text
}

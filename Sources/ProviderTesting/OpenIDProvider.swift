import Coding
import HTTP
import Secrets
import Synchronization
import Values

/// A provider of OpenID Connect that keeps to the protocol, strictly, until it is told to lie:
/// discovery, keys, codes that are good once and only for who started (PKCE, redirect URI, client),
/// id_tokens, user info, refresh tokens that are good once.
package final class OpenIDProvider: Sendable {
    /// Whom it knows.
    package struct Person: Sendable {
        package var subject = "subject-1"
        package var email = "ada@example.com"
        package var isVerified = true
        package var name = "Ada Lovelace"

        package init() {}
    }

    /// What a code stands for.
    struct Grant {
        let redirectURI: String
        let challenge: String?
        let nonce: String?
        let scope: String
        let person: Person
    }

    struct State {
        var person = Person()
        var lies: Set<Lie> = []
        var key: SigningKey
        var codes: [String: Grant] = [:]
        /// By refresh token.
        var refreshing: [String: Grant] = [:]
        /// By access token.
        var people: [String: Person] = [:]
        var requests: [String: Int] = [:]
        /// Seconds until access tokens end.
        var tokensLiveFor: Int64 = 3600
    }

    package let clientID: String
    package let clientSecret: String
    let clock: Clock
    let state: Mutex<State>
    private let server = Mutex<ProviderServer?>(nil)

    package init(
        clientID: String = "atrium", clientSecret: String = "provider-secret", clock: Clock
    ) throws {
        (self.clientID, self.clientSecret, self.clock) = (clientID, clientSecret, clock)
        state = Mutex(State(key: try SigningKey.generate(.es256)))
        let server = try ProviderServer { [weak self] request in
            await self?.answer(request) ?? Response(.serviceUnavailable)
        }
        self.server.withLock { $0 = server }
    }

    // MARK: What tests do with it

    /// The issuer, under which everything else is.
    package var issuer: String { server.withLock { $0?.address } ?? "" }

    /// Goes down. `start` brings it back at the same address.
    package func stop() async { await server.withLock { $0 }?.stop() }

    package func start() throws { try server.withLock { $0 }?.start() }

    package func lie(_ lies: Lie...) { state.withLock { $0.lies = Set(lies) } }

    package func become(_ change: (inout Person) -> Void) {
        state.withLock { change(&$0.person) }
    }

    /// Signs with a new key from now on, and publishes no other.
    package func rotateKey() throws {
        let key = try SigningKey.generate(.es256)
        state.withLock { $0.key = key }
    }

    package func letTokensLive(forSeconds seconds: Int64) {
        state.withLock { $0.tokensLiveFor = seconds }
    }

    /// How often a path was asked for.
    package func requests(of path: String) -> Int { state.withLock { $0.requests[path] ?? 0 } }

    /// What a browser comes back with from the page at `url`: the query of the redirect URI. Nil where
    /// the page would show a mistake.
    package func consent(at url: String) -> String? {
        guard let start = url.firstIndex(of: "?"),
            let fields = try? FormURLEncoded.decode(query: url[start...].dropFirst())
        else { return nil }
        let parameters = Dictionary(fields.map { ($0.name, $0.text) }) { $1 }
        return consent(parameters).map(FormURLEncoded.encode)
    }

    // MARK: Requests

    func answer(_ request: Request) async -> Response {
        let lies = state.withLock { state in
            state.requests[request.path, default: 0] += 1
            return state.lies
        }
        if let response = await misbehave(lies, request) { return response }
        let parameters = await request.parameters()
        switch (request.method, request.path) {
        case (.get, "/.well-known/openid-configuration"): return discovery(lies)
        case (.get, "/keys"): return MockProvider.json(keys)
        case (.get, "/authorize"): return authorize(parameters)
        case (.post, "/token"): return token(parameters, request[.authorization])
        case (.get, "/userinfo"): return userInfo(request[.authorization] ?? "", lies)
        default: return Response(.notFound)
        }
    }

    /// How it answers, whatever it is asked.
    private func misbehave(_ lies: Set<Lie>, _ request: Request) async -> Response? {
        if lies.contains(.slow) { await server.withLock { $0 }?.sleep() }
        if lies.contains(.huge) { return Self.huge }
        if lies.contains(.garbled) { return .json([UInt8]("{\"access_token\":".utf8)) }
        if lies.contains(.failsWith500) { return Response(.internalServerError) }
        guard lies.contains(.redirects), !request.path.hasPrefix("/elsewhere") else { return nil }
        return .redirect(to: issuer + "/elsewhere" + request.path, .temporaryRedirect)
    }

    /// Does not end before somebody leaves.
    private static let huge = Response(
        .ok, fields: [.contentType: "application/json"],
        body: .stream { writer in
            let spaces = [UInt8](repeating: UInt8(ascii: " "), count: 1 << 16)
            for _ in 0..<(1 << 12) { try await writer.write(spaces) }
        })

    private func discovery(_ lies: Set<Lie>) -> Response {
        let other = lies.contains(.otherIssuerInDiscovery)
        let keys = lies.contains(.otherSchemeInDiscovery) ? "file:///etc/passwd" : issuer + "/keys"
        return MockProvider.json([
            "issuer": .string(other ? "https://other.example" : issuer),
            "authorization_endpoint": .string(issuer + "/authorize"),
            "token_endpoint": .string(issuer + "/token"),
            "userinfo_endpoint": .string(issuer + "/userinfo"), "jwks_uri": .string(keys),
            "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "code_challenge_methods_supported": ["S256"],
        ])
    }

    private var keys: JSON { KeySet([state.withLock { $0.key.verifyingKey }]).jwks }

    // MARK: Codes

    private func authorize(_ parameters: [String: String]) -> Response {
        guard let target = parameters["redirect_uri"], let answer = consent(parameters) else {
            return Response(.badRequest)
        }
        return .redirect(to: target + "?" + FormURLEncoded.encode(answer))
    }

    private func consent(_ parameters: [String: String]) -> [FormURLEncoded.Field]? {
        guard parameters["client_id"] == clientID, parameters["response_type"] == "code",
            let target = parameters["redirect_uri"], let given = parameters["state"]
        else { return nil }
        let code = Self.secret()
        state.withLock { state in
            state.codes[code] = Grant(
                redirectURI: target, challenge: parameters["code_challenge"],
                nonce: parameters["nonce"], scope: parameters["scope"] ?? "",
                person: state.person)
        }
        return [("code", code), ("state", given), ("iss", issuer)]
    }

    static func secret() -> String {
        RandomToken.make(32, of: .alphanumeric, from: .system)
    }
}

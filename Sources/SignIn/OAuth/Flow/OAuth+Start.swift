import API
import Identity
import Secrets
import Values

/// A wish to be sent to a provider.
struct SignInStart: Sendable {
    let provider: Provider
    /// Where the provider sends the browser back: each surface has its own.
    let redirectURI: String
    /// What the browser keeps; nil where it keeps the state itself.
    var browser: Secret<String>?
    /// The user to whom the account is to be linked; nil for signing in.
    var linksTo: ID<User>?
    var requestsSignUp = false
    /// Whether an id_token is told by a nonce where the provider can do that.
    var sendsNonce = true
    var loginHint: String?
    /// Scopes beside the usual ones.
    var scopes: [String] = []
    var parameters: [(name: String, text: String)] = []
    /// What the surface wants to know again.
    var notes: [String: String] = [:]

    init(_ provider: Provider, redirectURI: String) {
        (self.provider, self.redirectURI) = (provider, redirectURI)
    }
}

/// A browser that is to go to its provider.
struct SentToProvider: Sendable {
    let url: String
    let state: Secret<String>
}

extension OAuth {
    /// Remembers who is sent and says where to: state, code challenge and nonce are new each time.
    func start(_ start: SignInStart, _ call: Call) async throws -> SentToProvider {
        try await identity.attempts.countProviderStart(call)
        let provider = start.provider
        let places = try await logged(provider, call) {
            try await directory.places(of: provider, at: call.now)
        }
        let state = identity.signInStates.makeSecret()
        let memo = memo(of: start)
        try await identity.signInStates.insert(
            memo, state: state, browser: start.browser ?? state, provider: provider.id.text,
            at: call.now)
        var url = AuthorizationURL(state: state.exposed, redirectURI: start.redirectURI)
        url.codeChallenge = memo.codeVerifier.map(PKCE.challenge)
        url.nonce = memo.nonce
        (url.loginHint, url.scopes) = (start.loginHint, start.scopes)
        url.parameters = start.parameters
        return SentToProvider(url: url.text(of: provider, at: places.authorize), state: state)
    }

    private func memo(of start: SignInStart) -> SignInMemo {
        let provider = start.provider
        var memo = SignInMemo(redirectURI: start.redirectURI)
        if provider.usesPKCE { memo.codeVerifier = PKCE.makeVerifier(from: identity.randomness) }
        if provider.usesNonce, start.sendsNonce {
            memo.nonce = identity.signInStates.makeSecret().exposed
        }
        memo.requestsSignUp = start.requestsSignUp
        memo.linksTo = start.linksTo?.description
        memo.notes = start.notes
        return memo
    }
}

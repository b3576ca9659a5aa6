import API
import Coding
import HTTP
import Identity
import Secrets
import Surfaces
import Values

// S0-3, S0-4, S1-2, S1-3, C4, C5.

/// Signing in with a provider on a surface that hands out tokens, in that surface's words.
struct OAuthRoutes<Signed: Codable & OperationOutput>: Sendable {
    let oauth: OAuth
    let surface: String
    /// Below the server's address: `/api/auth`.
    let prefix: String
    /// Of these routes, below the surface's prefix.
    let folder: String
    let refreshCookie: RefreshCookie
    let origins: TrustedOrigins
    let signed: @Sendable (IssuedTokens) -> Signed

    private var identity: Identity { oauth.identity }
    private var cookie: SignInCookie { SignInCookie(isSecure: oauth.isSecure) }

    var part: SurfacePart {
        SurfacePart(surface, failures: OAuthRows.all) {
            Operation(
                "listProviders", .get, folder + "/oauth", "The providers to sign in with."
            ) { (_: NoInput, _) in
                ProvidersBody(providers: oauth.catalog.providers.map(\.id.text))
            }
            Operation(
                "startProviderSignIn", .get, folder + "/oauth/:provider",
                "Sign in with an account elsewhere.", about: OAuthRows.aboutStarting,
                failures: OAuthRows.startFailures
            ) { (input: StartSignInInput, call) in
                try await start(input, call)
            }
            Operation(
                "finishProviderSignIn", .get, folder + "/oauth/:provider/callback",
                "Where a provider sends the browser back.", about: OAuthRows.aboutFinishing,
                failures: OAuthRows.finishFailures
            ) { (input: CallbackInput, call) in
                try await finish(input, call)
            }
            Operation(
                "exchangeSignInCode", .post, folder + "/exchange",
                "Exchange the one-time code of a redirect for tokens.",
                failures: [.unknownSignInCode, .userBanned]
            ) { (input: ExchangeCodeInput, call) in
                let tokens = try await oauth.exchange(
                    input.code, verifier: input.codeVerifier, call)
                return WithCookies(signed(tokens), [refreshCookie.set(tokens.refresh)])
            }
            Operation(
                "listProviderAccounts", .get, folder + "/accounts",
                "The accounts elsewhere of who is signed in.", guard: identity.bearer
            ) { (_: NoInput, caller, _) in
                ProviderAccountsBody(
                    accounts: try await identity.providerAccounts.list(of: caller.user.id).map(
                        ProviderAccountBody.init))
            }
            Operation(
                "linkProviderAccount", .post, folder + "/oauth/:provider/link",
                "Link an account elsewhere to who is signed in.", about: OAuthRows.aboutLinking,
                failures: OAuthRows.startFailures, guard: identity.bearer
            ) { (input: LinkAccountInput, caller, call) in
                try await link(input, caller, call)
            }
            Operation(
                "unlinkProviderAccount", .delete, folder + "/accounts/:id",
                "Untie an account from who is signed in.",
                about: "The last way to sign in is not untied.",
                failures: [.unknownAccount, .lastAccount], guard: identity.bearer
            ) { (input: UnlinkAccountInput, caller, call) in
                try await oauth.unlink(input.id, of: caller.user.id, call)
                return NoContent()
            }
        }
    }

    // MARK: Going

    private func start(
        _ input: StartSignInInput, _ call: Call
    ) async throws -> WithCookies<ProviderAddress> {
        var start = try begin(input.provider, input.redirectTo)
        start.requestsSignUp = input.requestSignUp ?? false
        start.loginHint = input.loginHint
        start.notes["challenge"] = input.codeChallenge?.text
        return try await send(start, call)
    }

    private func link(
        _ input: LinkAccountInput, _ caller: Caller, _ call: Call
    ) async throws -> WithCookies<ProviderAddress> {
        var start = try begin(input.provider, input.redirectTo)
        start.linksTo = caller.user.id
        return try await send(start, call)
    }

    private func begin(_ id: ProviderID, _ target: String?) throws -> SignInStart {
        let provider = try oauth.require(id.text)
        var start = SignInStart(
            provider, redirectURI: oauth.baseURL + prefix + "/oauth/\(id.text)/callback")
        if let target {
            // What follows `#` is the page's own, and ours where tokens go there.
            guard origins.allowsRedirect(to: target), !target.contains("#") else {
                throw Failure.redirectNotAllowed
            }
            start.notes["target"] = target
        }
        return start
    }

    private func send(
        _ start: SignInStart, _ call: Call
    ) async throws -> WithCookies<ProviderAddress> {
        var start = start
        let kept = cookie.secret(of: call.request).flatMap { secret in
            cookie.set(secret).map { (secret, $0) }
        }
        let secret = kept?.0 ?? identity.signInStates.makeSecret()
        start.browser = secret
        let sent = try await oauth.start(start, call)
        return WithCookies(
            ProviderAddress(sent.url, for: call.request),
            [kept?.1 ?? cookie.set(secret)].compactMap { $0 })
    }

    // MARK: Coming back

    private func finish(
        _ input: CallbackInput, _ call: Call
    ) async throws -> WithCookies<CallbackAnswer<Signed>> {
        let provider = try oauth.require(input.provider.text)
        let opened: OpenedSignIn
        do {
            opened = try await oauth.open(
                input.callback, of: provider,
                browser: cookie.secret(of: call.request)?.exposed, call)
        } catch is StateNotBound {
            throw Failure.stateNotBound
        }
        guard let target = opened.memo.notes["target"] else {
            return try await answer(opened, input.callback, call)
        }
        do {
            let page = try await page(target, opened, input.callback, call)
            return WithCookies(.page(page), [])
        } catch let failure as Failure where OAuthRows.finishFailures.contains(failure) {
            let query = [("error", OAuthRows.code(of: failure))]
            return WithCookies(.page(target.adding(query: query)), [])
        }
    }

    private func answer(
        _ opened: OpenedSignIn, _ callback: ProviderCallback, _ call: Call
    ) async throws -> WithCookies<CallbackAnswer<Signed>> {
        let proven = try await oauth.prove(opened, callback, call)
        if let user = opened.memo.linkedUser {
            let account = try await oauth.link(proven, to: user, call)
            return WithCookies(.linked(ProviderAccountBody(account)), [])
        }
        let tokens = try await signIn(proven, opened, call)
        return WithCookies(.signedIn(signed(tokens)), [refreshCookie.set(tokens.refresh)])
    }

    private func page(
        _ target: String, _ opened: OpenedSignIn, _ callback: ProviderCallback, _ call: Call
    ) async throws -> String {
        let proven = try await oauth.prove(opened, callback, call)
        if let user = opened.memo.linkedUser {
            let account = try await oauth.link(proven, to: user, call)
            return target.adding(query: [("linked", account.provider)])
        }
        if identity.settings.oauth.fragmentTokens {
            return target + "#" + Self.fragment(try await signIn(proven, opened, call))
        }
        let code = try await oauth.issueCode(
            proven, requestsSignUp: opened.memo.requestsSignUp,
            challenge: opened.memo.notes["challenge"], call)
        return target.adding(query: [("code", code.exposed)])
    }

    private func signIn(
        _ proven: ProvenAccount, _ opened: OpenedSignIn, _ call: Call
    ) async throws -> IssuedTokens {
        try await oauth.signIn(proven, requestsSignUp: opened.memo.requestsSignUp, call) {
            user, transaction in
            try await identity.issueTokens(
                for: user, on: call.device, at: call.now, in: transaction)
        }.started
    }

    private static func fragment(_ tokens: IssuedTokens) -> String {
        FormURLEncoded.encode([
            ("accessToken", tokens.access.token),
            ("refreshToken", tokens.refresh.text.exposed),
            ("expiresAt", tokens.access.expiresAt.description),
            ("expiresIn", String(tokens.access.expiresIn.wholeSeconds)),
        ])
    }
}

extension String {
    /// Of an address without a fragment.
    fileprivate func adding(query: [FormURLEncoded.Field]) -> String {
        self + (contains("?") ? "&" : "?") + FormURLEncoded.encode(query)
    }
}

import API
import Coding
import HTTP
import Identity
import SQL
import Secrets
import Surfaces
import Values

// S2-18: better-auth's routes about providers. The state in the address is also what the browser
// keeps, signed, as there; the database knows its hash.

extension OAuth {
    func compat(_ surface: Compat) -> SurfacePart {
        SurfacePart(Compat.name, failures: Self.compatFailures) {
            Operation(
                "signInSocial", .post, "/sign-in/social", "Sign in with a provider.",
                about: """
                    Answers with the address of the provider's page, in `Location` too unless \
                    `disableRedirect` is set, and a cookie that binds the sign-in to the browser for \
                    five minutes. With `idToken`, which a client got from the provider by itself, \
                    there is no page to go to: a session is started at once.
                    """,
                failures: Self.startFailures + Self.shownTokenFailures,
                options: Self.startOptions
            ) { (input: Compat.SocialInput, call) in
                let provider = try require(try input.wish.providerName)
                if let shown = input.idToken {
                    return try await signIn(provider, shown, input, surface, call)
                }
                return .page(try await start(input.wish, of: provider, nil, surface, call))
            }
            callback(.get, surface)
            callback(.post, surface)
            Operation(
                "linkSocialAccount", .post, "/link-social",
                "Link an account of a provider to the user who is signed in.",
                about: """
                    As `/sign-in/social`. The account must have the user's address, verified by the \
                    provider unless that is trusted.
                    """,
                failures: Self.startFailures + Self.shownTokenFailures + Self.linkFailures,
                options: Self.startOptions, guard: surface.signedIn(identity)
            ) { (input: Compat.LinkInput, caller, call) in
                let provider = try require(try input.wish.providerName)
                if let shown = input.idToken {
                    try await link(provider, shown, caller, call)
                    return Compat.LinkAnswer.linked
                }
                return .page(
                    try await start(input.wish, of: provider, caller.user.id, surface, call))
            }
            accountRoutes(surface)
        }
    }

    static let startFailures: [Failure] = [
        .unknownProvider, .providerDown, .providerSlow, .providerFaulty,
    ]
    private static let shownTokenFailures: [Failure] = [
        .idTokenNotTaken, .grantRefused, .emailMissing, .accountNotLinked, .signUpNotRequested,
        .userBanned,
    ]
    private static let linkFailures: [Failure] = [
        .accountTaken, .linkingOff, .emailDiffers, .unknownAccount,
    ]

    /// What is remembered of it is a row.
    private static let startOptions: RouteOptions = {
        var options = RouteOptions()
        options.bodyBytesMax = 64 << 10
        return options
    }()

    // MARK: There

    private func start(
        _ wish: Compat.ProviderWish, of provider: Provider, _ user: ID<User>?, _ surface: Compat,
        _ call: Call
    ) async throws -> WithCookies<Compat.ProviderPageBody> {
        var start = SignInStart(
            provider, redirectURI: "\(baseURL)/api/auth/callback/\(provider.id.text)")
        start.linksTo = user
        start.requestsSignUp = wish.requestSignUp
        start.loginHint = wish.loginHint
        start.scopes = try wish.askedScopes
        start.parameters = wish.parameters
        // As better-auth: PKCE or the browser's cookie bind what built-in providers send.
        start.sendsNonce = provider.isOwn
        start.notes = CompatReturn(wish, baseURL: baseURL).notes
        let sent = try await self.start(start, call)
        return WithCookies(
            Compat.ProviderPageBody(url: sent.url, redirect: !wish.disableRedirect),
            [surface.cookies.bind(sent.state.exposed)])
    }

    // MARK: And back

    private func callback(_ method: Method, _ surface: Compat) -> [Route] {
        if method == .post { return [formCallback(surface).route] }
        let operation = Operation(
            "handleOAuthCallback", .get, "/callback/:id",
            "Where a provider's page sends the browser back.",
            about: """
                Sets the session's cookie and goes on at `callbackURL`, or at `newUserCallbackURL` for \
                one who has just become a user. What goes wrong is `error` in the query of \
                `errorCallbackURL`, or of `/error`.
                """
        ) { (input: Compat.CallbackInput, call) in
            try await comeBack(input, surface, call)
        }
        return [operation.route]
    }

    /// A form comes from another site, without the cookie that binds the sign-in: a GET of the same has
    /// it.
    private func formCallback(
        _ surface: Compat
    ) -> Operation<Compat.CallbackInput, Compat.SentOn> {
        Operation(
            "postOAuthCallback", .post, "/callback/:id",
            "The same for providers that send a form: goes on at the GET.",
            options: .accepting(.form, .json)
        ) { (input: Compat.CallbackInput, call) in
            Compat.SentOn(
                to: "\(baseURL)/api/auth/callback/\(PercentEncoding.encode(input.id.text))?"
                    + FormURLEncoded.encode(input.fields(over: call.request.query)))
        }
    }

    private func comeBack(
        _ input: Compat.CallbackInput, _ surface: Compat, _ call: Call
    ) async throws -> WithCookies<Compat.SentOn> {
        let back = CompatReturn(baseURL: baseURL)
        guard let state = input.state, !state.isEmpty else {
            return WithCookies(back.failed("state_not_found"), [])
        }
        let opened: OpenedSignIn
        do {
            // A name that is no provider's has no states.
            guard let provider = catalog.find(input.id.text) else { throw Failure.stateUnknown }
            opened = try await open(
                input.callback, of: provider, browser: surface.cookies.boundState(of: call.request),
                call)
        } catch let error as StateNotBound {
            return WithCookies(
                CompatReturn(error.memo, baseURL: baseURL).failed("state_mismatch"), [])
        } catch let failure as Failure where failure == .stateUnknown {
            return WithCookies(back.failed("state_mismatch"), [])
        }
        return try await finish(opened, input, surface, call)
    }

    private func finish(
        _ opened: OpenedSignIn, _ input: Compat.CallbackInput, _ surface: Compat, _ call: Call
    ) async throws -> WithCookies<Compat.SentOn> {
        let back = CompatReturn(opened.memo, baseURL: baseURL)
        let cleared = [surface.cookies.clearedState]
        if let error = input.error {
            return WithCookies(back.failed(error, input.errorDescription), cleared)
        }
        guard let code = input.code, !code.isEmpty else {
            return WithCookies(back.failed("no_code"), cleared)
        }
        do {
            let proven = try await prove(opened, input.callback, call)
            if let user = opened.memo.linkedUser {
                try await linkVerified(proven, to: user, call)
                return WithCookies(back.succeeded(isNew: false), cleared)
            }
            let done = try await signIn(
                proven, requestsSignUp: opened.memo.requestsSignUp, call, thenIn: session(call))
            return WithCookies(
                back.succeeded(isNew: done.isNew), cleared + surface.cookies.start(done.started))
        } catch let failure as Failure {
            guard let code = CompatReturn.codes[failure] else { throw failure }
            return WithCookies(back.failed(code), cleared)
        }
    }

    private func session(
        _ call: Call
    ) -> @Sendable (User, any Transaction) async throws -> Sessions.Started {
        { [identity] user, transaction in
            try await identity.sessions.start(
                for: user, on: call.device, isRemembered: true, at: call.now, in: transaction)
        }
    }

    /// better-auth links only what the provider has verified, also where the user asks for it.
    private func linkVerified(
        _ proven: ProvenAccount, to user: ID<User>, _ call: Call
    ) async throws {
        guard proven.profile.isEmailVerified || proven.provider.isTrusted else {
            throw Failure.linkingOff
        }
        _ = try await link(proven, to: user, call)
    }

    // MARK: With an id_token

    private func signIn(
        _ provider: Provider, _ shown: Compat.ShownIDToken, _ input: Compat.SocialInput,
        _ surface: Compat, _ call: Call
    ) async throws -> Compat.SocialAnswer {
        let proven = try await prove(provider, shown, call)
        do {
            let done = try await signIn(
                proven, requestsSignUp: input.requestSignUp ?? false, call, thenIn: session(call))
            return .signedIn(
                WithCookies(
                    Compat.SignedInBody(done.started, callbackURL: nil),
                    surface.cookies.start(done.started)))
        } catch let failure as Failure where failure == .signUpClosed {
            // What this surface says then is about passwords.
            throw Failure.signUpNotRequested
        }
    }

    private func link(
        _ provider: Provider, _ shown: Compat.ShownIDToken, _ caller: Caller, _ call: Call
    ) async throws {
        try await linkVerified(try await prove(provider, shown, call), to: caller.user.id, call)
    }

    private func prove(
        _ provider: Provider, _ shown: Compat.ShownIDToken, _ call: Call
    ) async throws -> ProvenAccount {
        guard let rules = provider.idToken, rules.canSignIn else { throw Failure.idTokenNotTaken }
        let check = IDTokenCheck(rules: rules, clientID: provider.client.id, nonce: shown.nonce)
        guard check.mayBeRight(shown.token) else { throw Failure.grantRefused }
        var tokens = ProviderTokens()
        tokens.id = Secret(shown.token)
        tokens.access = shown.accessToken.map { Secret($0) }
        tokens.refresh = shown.refreshToken.map { Secret($0) }
        return try await proveIDToken(
            provider, nonce: shown.nonce, tokens, form: shown.user?.form, call)
    }
}

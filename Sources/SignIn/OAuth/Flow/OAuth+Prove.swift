import API
import Coding
import Identity
import Logs
import Secrets
import Values

/// What a provider's page has sent a browser back with (RFC 6749 §4.1.2).
struct ProviderCallback: Sendable {
    var code: String?
    var state: String?
    var error: String?
    /// RFC 9207.
    var issuer: String?
    /// What Apple sends beside the code, once.
    var form: JSON?
}

/// A sign-in that came back from its provider: its state was consumed, its code was not.
struct OpenedSignIn: Sendable {
    let provider: Provider
    let memo: SignInMemo
}

/// What a provider has vouched for.
struct ProvenAccount: Sendable {
    let provider: Provider
    let issuer: String
    let profile: ProviderProfile
    let tokens: ProviderTokens
}

extension OAuth {
    /// Takes back whom `start` has sent. Throws `stateUnknown`; of another browser than the one that
    /// began it throws `StateNotBound`, and consumes nothing.
    func open(
        _ callback: ProviderCallback, of provider: Provider, browser: String?, _ call: Call
    ) async throws -> OpenedSignIn {
        guard let state = callback.state, state.utf8.count == SignInStates.secretLength else {
            throw Failure.stateUnknown
        }
        let outcome = try await identity.signInStates.consume(
            state, browser: browser, provider: provider.id.text, at: call.now)
        switch outcome {
        case .taken(let memo): return OpenedSignIn(provider: provider, memo: memo)
        case .otherBrowser(let memo): throw StateNotBound(memo: memo)
        case .unknown: throw Failure.stateUnknown
        }
    }

    /// Asks the provider who came.
    func prove(
        _ opened: OpenedSignIn, _ callback: ProviderCallback, _ call: Call
    ) async throws -> ProvenAccount {
        let provider = opened.provider
        return try await logged(provider, call) {
            let places = try await directory.places(of: provider, at: call.now)
            try Self.checkIssuer(of: callback, provider, places)
            if let error = callback.error {
                throw Failure.consentRefused.about([String(error.prefix(Self.errorMax))])
            }
            guard let code = callback.code, !code.isEmpty else {
                throw Failure.consentRefused.about(["no_code"])
            }
            let endpoint = TokenEndpoint(provider: provider, place: places.token, caller: caller)
            let tokens = try await endpoint.exchange(
                code: code, verifier: opened.memo.codeVerifier,
                redirectURI: opened.memo.redirectURI, at: call.now)
            let claims = try await claims(of: tokens, provider, opened.memo.nonce, call)
            return try await account(
                provider, places, ProviderWords(claims: claims, form: callback.form), tokens)
        }
    }

    /// The same of an id_token that an app got from the provider by itself. `nonce` is what the app
    /// says that it sent.
    func proveIDToken(
        _ provider: Provider, nonce: String?, _ tokens: ProviderTokens, form: JSON? = nil,
        _ call: Call
    ) async throws -> ProvenAccount {
        guard provider.idToken?.canSignIn == true, tokens.id != nil else {
            throw Failure.grantRefused
        }
        return try await logged(provider, call) {
            let places = try await directory.places(of: provider, at: call.now)
            let claims: JSON?
            do {
                claims = try await self.claims(of: tokens, provider, nonce, call)
            } catch let failure as Failure where failure.underlying is JWTError {
                // Whoever shows it may have made it up: this is no fault of the provider's.
                throw Failure.grantRefused.because(failure.underlying ?? failure)
            }
            return try await account(
                provider, places, ProviderWords(claims: claims, form: form), tokens)
        }
    }

    // MARK: Steps

    private static let errorMax = 100

    /// Where the provider says that it names itself, whoever leaves that out is another (RFC 9207
    /// §2.4).
    private static func checkIssuer(
        of callback: ProviderCallback, _ provider: Provider, _ places: ProviderPlaces
    ) throws {
        guard case .oneOf(let issuers) = provider.idToken?.issuer else { return }
        let isRight = callback.issuer.map(issuers.contains) ?? !places.namesIssuer
        guard isRight else {
            throw Failure.providerFaulty.because(
                ProviderProblem("the answer of \(provider.id)'s page names another issuer"))
        }
    }

    /// The claims of the id_token, where there must or may be one.
    private func claims(
        of tokens: ProviderTokens, _ provider: Provider, _ nonce: String?, _ call: Call
    ) async throws -> JSON? {
        guard let rules = provider.idToken else { return nil }
        guard let token = tokens.id?.exposed else {
            guard rules.isRequired else { return nil }
            throw Failure.providerFaulty.because(
                ProviderProblem("\(provider.id) gives no id_token"))
        }
        let check = IDTokenCheck(rules: rules, clientID: provider.client.id, nonce: nonce)
        let keys = try await directory.keys(of: provider, at: call.now)
        do throws(JWTError) {
            return try check.verify(token, keys, at: call.now)
        } catch {
            guard error == .unknownKey,
                let newer = try await directory.renewedKeys(of: provider, at: call.now)
            else { throw Failure.providerFaulty.because(error) }
            do throws(JWTError) {
                return try check.verify(token, newer, at: call.now)
            } catch {
                throw Failure.providerFaulty.because(error)
            }
        }
    }

    private func account(
        _ provider: Provider, _ places: ProviderPlaces, _ words: ProviderWords,
        _ tokens: ProviderTokens
    ) async throws -> ProvenAccount {
        var words = words
        try await ask(provider, places, tokens, always: false, &words)
        guard let profile = provider.readProfile(words),
            let issuer = provider.issuer.name(in: words.claims)
        else {
            throw Failure.providerFaulty.because(
                ProviderProblem("\(provider.id) does not say who came"))
        }
        return ProvenAccount(
            provider: provider, issuer: issuer, profile: profile, tokens: tokens)
    }

    /// Asks for what no id_token has said. Whatever is said there counts only about the one whom the
    /// id_token is about (OpenID Connect Core §5.3.2).
    func ask(
        _ provider: Provider, _ places: ProviderPlaces, _ tokens: ProviderTokens, always: Bool,
        _ words: inout ProviderWords
    ) async throws {
        guard let access = tokens.access else { return }
        if let place = places.userInfo, always || words.claims?["email"] == nil {
            let user = try await caller.get(place, bearer: access)
            if let subject = words.claims?["sub"], let other = user["sub"], subject != other {
                throw Failure.providerFaulty.because(
                    ProviderProblem("\(provider.id) tells of two people at once"))
            }
            words.userInfo = user
        }
        if let place = places.emails { words.emails = try await caller.get(place, bearer: access) }
    }

    /// Writes down what is wrong with a provider: nobody else sees it.
    func logged<Value>(
        _ provider: Provider, _ call: Call, _ body: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await body()
        } catch let failure as Failure {
            if let reason = failure.underlying {
                call.logger.with(requestID: call.requestID).warn(
                    "a provider could not be used",
                    [
                        "provider": .string(provider.id.text),
                        "failure": .string(failure.kind.name), "error": LogValue(reason),
                    ])
            }
            throw failure
        }
    }
}

/// Another browser than the one that began brings a state back. The surface shows `stateNotBound`.
struct StateNotBound: Error {
    let memo: SignInMemo
}

import API
import Identity
import Loop
import Secrets
import Values

extension OAuth {
    /// An access token that ends sooner than this is no use to whoever asks for it.
    private static let soon: Duration = .seconds(30)
    /// How often, and how long, one looks whether the other has refreshed the tokens.
    private static let look: Duration = .milliseconds(100)
    private static let looksMax = 100

    /// What the provider gave, with an access token that has not ended: refreshed where it has.
    func usableTokens(
        of account: ProviderAccount, _ call: Call
    ) async throws -> ProviderTokens {
        if let end = account.accessTokenExpiresAt, end < call.now + Self.soon,
            account.hasRefreshToken
        {
            return try await refreshTokens(of: account, call)
        }
        return try identity.providerAccounts.tokens(of: account)
    }

    /// Newer tokens than those of `account`. Of all who want them at once, on any node, one asks the
    /// provider, which may take a refresh token once only; the others get what he got.
    func refreshTokens(
        of account: ProviderAccount, _ call: Call
    ) async throws -> ProviderTokens {
        let provider = try require(account.provider)
        guard account.hasRefreshToken else { throw Failure.noRefreshToken }
        let accounts = identity.providerAccounts
        for _ in 0..<Self.looksMax {
            if let claimed = try await accounts.claimRefresh(of: account.id, at: call.now) {
                return try await refresh(claimed, since: account, provider, call)
            }
            try await EventLoop.current?.sleep(for: Self.look)
            guard let now = try await accounts.find(account.id, of: account.userID) else {
                throw Failure.unknownAccount
            }
            if now.hasOtherTokens(than: account) { return try accounts.tokens(of: now) }
        }
        throw Failure.providerSlow
    }

    private func refresh(
        _ claimed: ProviderAccount, since seen: ProviderAccount, _ provider: Provider, _ call: Call
    ) async throws -> ProviderTokens {
        let accounts = identity.providerAccounts
        do {
            if claimed.hasOtherTokens(than: seen) {
                try await accounts.endClaim(of: claimed.id)
                return try accounts.tokens(of: claimed)
            }
            let old = try accounts.tokens(of: claimed)
            guard let token = old.refresh else { throw Failure.noRefreshToken }
            var new = try await logged(provider, call) {
                let place = try await directory.places(of: provider, at: call.now).token
                return try await TokenEndpoint(provider: provider, place: place, caller: caller)
                    .refresh(token, at: call.now)
            }
            // The one that was verified stays: what it says does not end with its time.
            new.id = nil
            let renewed = old.renewed(by: new)
            try await store(renewed, of: claimed, call)
            return renewed
        } catch {
            // Nobody has to wait until the claim is too old.
            try await accounts.endClaim(of: claimed.id)
            throw error
        }
    }

    private func store(
        _ tokens: ProviderTokens, of account: ProviderAccount, _ call: Call
    ) async throws {
        try await identity.database.transaction { transaction in
            try await identity.providerAccounts.setTokens(
                of: account.id, to: tokens, at: call.now, in: transaction)
            try await identity.audit.append(
                .providerTokensRefreshed, about: account.userID,
                by: AuditOrigin(call, .user(account.userID)),
                details: ["provider": .string(account.provider)], at: call.now, in: transaction)
        }
    }

    /// What the provider says of the account today.
    func profile(
        of account: ProviderAccount, _ tokens: ProviderTokens, _ call: Call
    ) async throws -> ProviderProfile {
        let provider = try require(account.provider)
        return try await logged(provider, call) {
            let places = try await directory.places(of: provider, at: call.now)
            var words = ProviderWords(claims: tokens.id.flatMap(IDTokenCheck.claims(ofVerified:)))
            try await ask(provider, places, tokens, always: true, &words)
            guard let profile = provider.readProfile(words) else {
                throw Failure.providerFaulty.because(
                    ProviderProblem("\(provider.id) does not say who that is"))
            }
            return profile
        }
    }
}

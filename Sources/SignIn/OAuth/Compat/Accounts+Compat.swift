import API
import Coding
import HTTP
import Identity
import Secrets
import Surfaces
import Values

// What a user does with his accounts. Their ids are those of `list-accounts`; the password's is the
// user's own.

extension OAuth {
    @Routes func accountRoutes(_ surface: Compat) -> [Route] {
        Operation(
            "unlinkAccount", .post, "/unlink-account", "Take an account from the user.",
            about: "Not the last one by which he can sign in. The password is one of them.",
            failures: [.lastAccount, .unknownAccount], guard: surface.freshlySignedIn(identity)
        ) { (input: Compat.UnlinkInput, caller, call) in
            try await unlink(input.accountId, of: caller.user, call)
            return WithCookies(Compat.StatusBody(), surface.cookies.keep(caller, at: call.now))
        }
        Operation(
            "getAccessToken", .post, "/get-access-token",
            "A token by which the provider lets us act for the user.",
            about: "Refreshed where it has ended.",
            failures: [.unknownAccount, .providerNotThere, .tokensNotUsable],
            options: Self.silent, guard: surface.signedIn(identity)
        ) { (input: Compat.AccountSelection, caller, call) in
            let account = try await account(input, of: caller.user)
            return try await Compat.AccessTokenBody(account, usable(account, call))
        }
        Operation(
            "refreshToken", .post, "/refresh-token", "New tokens of the provider.",
            failures: [
                .unknownAccount, .providerNotThere, .noRefreshToken, .tokensNotRefreshed,
            ], options: Self.silent, guard: surface.signedIn(identity)
        ) { (input: Compat.AccountSelection, caller, call) in
            let account = try await account(input, of: caller.user)
            guard account.hasRefreshToken else { throw Failure.noRefreshToken }
            return try await Compat.RefreshedTokensBody(account, refreshed(account, call))
        }
        Operation(
            "accountInfo", .get, "/account-info", "What the provider says of the user today.",
            failures: [
                .unknownAccount, .providerGone, .tokensNotUsable, .noAccessToken, .nothingKnown,
            ], options: Self.silent, guard: surface.signedIn(identity)
        ) { (input: Compat.AccountSelection, caller, call) in
            try await info(input, of: caller.user, call)
        }
    }

    private static let silent: RouteOptions = {
        var options = RouteOptions()
        options.refusesCallersSilently = true
        return options
    }()

    // MARK: Finding

    /// Throws `providerNotThere` for the password, as for a provider that was taken out of the settings.
    private func account(
        _ selection: Compat.AccountSelection, of user: User
    ) async throws -> ProviderAccount {
        guard let text = selection.accountID else { throw Failure.unknownAccount }
        if text == user.id.description, try await hasPassword(user) {
            throw Failure.providerNotThere.about([ProviderID.reserved])
        }
        guard let id = ID<ProviderAccount>(text),
            let account = try await identity.providerAccounts.find(id, of: user.id)
        else { throw Failure.unknownAccount }
        guard catalog.find(account.provider) != nil else {
            throw Failure.providerNotThere.about([account.provider])
        }
        return account
    }

    private func hasPassword(_ user: User) async throws -> Bool {
        try await identity.database.first(User.findWithPassword, user.id)?.passwordHash != nil
    }

    // MARK: Tokens

    private func usable(
        _ account: ProviderAccount, _ call: Call
    ) async throws -> ProviderTokens {
        do {
            return try await usableTokens(of: account, call)
        } catch let failure as Failure {
            throw Failure.tokensNotUsable.because(failure)
        }
    }

    private func refreshed(
        _ account: ProviderAccount, _ call: Call
    ) async throws -> ProviderTokens {
        do {
            return try await refreshTokens(of: account, call)
        } catch let failure as Failure {
            throw Failure.tokensNotRefreshed.because(failure)
        }
    }

    private func info(
        _ selection: Compat.AccountSelection, of user: User, _ call: Call
    ) async throws -> Compat.AccountInfoBody {
        let account: ProviderAccount
        do {
            account = try await self.account(selection, of: user)
        } catch let failure as Failure where failure == .providerNotThere {
            throw Failure.providerGone
        }
        let tokens = try await usable(account, call)
        guard tokens.access != nil else { throw Failure.noAccessToken }
        do {
            return Compat.AccountInfoBody(
                profile: try await profile(of: account, tokens, call), account: account)
        } catch let failure as Failure {
            throw Failure.nothingKnown.because(failure)
        }
    }

    // MARK: Taking away

    /// better-auth looks first whether there would be anything left.
    private func unlink(_ text: String, of user: User, _ call: Call) async throws {
        let accounts = try await identity.providerAccounts.list(of: user.id)
        let hasPassword = try await hasPassword(user)
        let count = accounts.count + (hasPassword ? 1 : 0)
        guard count > 1 || identity.settings.linking.allowsUnlinkingAll else {
            throw Failure.lastAccount
        }
        if hasPassword, text == user.id.description {
            return try await removePassword(of: user.id, call)
        }
        guard let id = ID<ProviderAccount>(text) else { throw Failure.unknownAccount }
        try await unlink(id, of: user.id, call)
    }

    /// The password is an account there; without it the user signs in with a provider.
    private func removePassword(of user: ID<User>, _ call: Call) async throws {
        let allowsLast = identity.settings.linking.allowsUnlinkingAll
        try await identity.database.transaction { [identity] transaction in
            guard try await transaction.first(User.lock, user) != nil,
                try await transaction.first(User.removePassword, user, allowsLast, call.now) != nil
            else { throw Failure.lastAccount }
            try await identity.audit.append(
                .accountUnlinked, about: user, by: AuditOrigin(call, .user(user)),
                details: ["provider": .string(ProviderID.reserved)], at: call.now,
                in: transaction)
        }
    }
}

extension Failure {
    /// Who wants to sign in by an id_token of a provider that gives none.
    static let idTokenNotTaken = Failure("idTokenNotTaken")
    /// Its details are the provider's name.
    static let providerNotThere = Failure("providerNotThere")
    static let providerGone = Failure("providerGone")
    static let tokensNotUsable = Failure("tokensNotUsable")
    static let tokensNotRefreshed = Failure("tokensNotRefreshed")
    static let noAccessToken = Failure("noAccessToken")
    /// The provider does not say who its user is.
    static let nothingKnown = Failure("nothingKnown")
}

extension Compat {
    struct UnlinkInput: Codable, Sendable, Explained {
        static let words = [
            "accountId": MemberWords(
                "The account's id in `list-accounts`.",
                example: "0199c82c-c000-7000-8000-000000000001")
        ]

        let accountId: String
    }
}

extension Compat.AccessTokenBody {
    init(_ account: ProviderAccount, _ tokens: ProviderTokens) {
        accessToken = tokens.access?.exposed ?? ""
        accessTokenExpiresAt = tokens.accessExpiresAt
        scopes = account.scopes
        idToken = tokens.id?.exposed
    }
}

extension Compat.RefreshedTokensBody {
    init(_ account: ProviderAccount, _ tokens: ProviderTokens) {
        accessToken = tokens.access?.exposed ?? ""
        refreshToken = tokens.refresh?.exposed ?? ""
        accessTokenExpiresAt = tokens.accessExpiresAt
        refreshTokenExpiresAt = Nullable(tokens.refreshExpiresAt)
        scope = Nullable(account.scope)
        idToken = Nullable(tokens.id?.exposed)
        providerId = account.provider
        accountId = account.id.description
    }
}

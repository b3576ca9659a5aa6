import SQL
import Secrets
import Values

/// Keeps users' accounts at providers, with their tokens sealed.
package struct ProviderAccounts: Sendable {
    let database: any Database
    let randomness: Randomness
    let sealer: Sealer

    init(_ database: any Database, _ randomness: Randomness, _ keyring: Keyring) {
        (self.database, self.randomness) = (database, randomness)
        sealer = keyring.purpose("provider tokens")
    }

    // MARK: Finding

    package func find(
        issuer: String, accountID: String, in runner: any StatementRunner
    ) async throws -> ProviderAccount? {
        try await runner.first(ProviderAccount.find, issuer, accountID)
    }

    package func find(
        _ id: ID<ProviderAccount>, of user: ID<User>
    ) async throws -> ProviderAccount? {
        try await database.first(ProviderAccount.findOwn, id, user)
    }

    /// In the order in which they were linked.
    package func list(of user: ID<User>) async throws -> [ProviderAccount] {
        try await database.all(ProviderAccount.list, user)
    }

    /// Throws where the key that sealed them is not there any more.
    package func tokens(of account: ProviderAccount) throws -> ProviderTokens {
        var tokens = ProviderTokens()
        let access = try open(account.sealedAccessToken, .access, account.id)
        tokens.access = access.exposed.isEmpty ? nil : access
        tokens.refresh = try account.sealedRefreshToken.map { try open($0, .refresh, account.id) }
        tokens.id = try account.sealedIDToken.map { try open($0, .id, account.id) }
        tokens.accessExpiresAt = account.accessTokenExpiresAt
        tokens.refreshExpiresAt = account.refreshTokenExpiresAt
        tokens.scopes = account.scope == nil ? nil : account.scopes
        return tokens
    }

    // MARK: Changing

    package func insert(
        _ provider: String, issuer: String, accountID: String, of user: ID<User>,
        _ tokens: ProviderTokens, at now: Instant, in transaction: any Transaction
    ) async throws -> ProviderAccount {
        let id = ID<ProviderAccount>(at: now, from: randomness)
        let inserted = try await transaction.first(
            ProviderAccount.insert, id, user, provider, issuer, accountID,
            seal(tokens.access ?? Secret(""), .access, id),
            tokens.refresh.map { seal($0, .refresh, id) }, tokens.id.map { seal($0, .id, id) },
            tokens.accessExpiresAt, tokens.refreshExpiresAt, Self.scope(tokens), now)
        guard let inserted else { throw DatabaseError(.decoding, "an insert returns its row") }
        return inserted
    }

    /// Nil when the account has been unlinked meanwhile.
    @discardableResult
    package func setTokens(
        of id: ID<ProviderAccount>, to tokens: ProviderTokens, at now: Instant,
        in runner: any StatementRunner
    ) async throws -> ProviderAccount? {
        try await runner.first(
            ProviderAccount.setTokens, id, seal(tokens.access ?? Secret(""), .access, id),
            tokens.refresh.map { seal($0, .refresh, id) }, tokens.id.map { seal($0, .id, id) },
            tokens.accessExpiresAt, tokens.refreshExpiresAt, Self.scope(tokens), now)
    }

    /// Whether the account was there and not the last way in, or `allowsLast`.
    package func delete(
        _ id: ID<ProviderAccount>, of user: ID<User>, allowsLast: Bool,
        in transaction: any Transaction
    ) async throws -> Bool {
        guard try await transaction.first(User.lock, user) != nil else { return false }
        return try await transaction.first(ProviderAccount.deleteOwn, id, user, allowsLast) != nil
    }

    // MARK: Refreshing, one at a time

    /// How long a provider may take before another may ask it, too.
    private static let claimLifetime: Duration = .seconds(30)

    /// The account as it is now, for the one who may refresh its tokens; nil while somebody else
    /// does. `setTokens` or `endClaim` ends it.
    package func claimRefresh(
        of id: ID<ProviderAccount>, at now: Instant
    ) async throws -> ProviderAccount? {
        try await database.first(ProviderAccount.claimRefresh, id, now, now - Self.claimLifetime)
    }

    package func endClaim(of id: ID<ProviderAccount>) async throws {
        try await database.execute(ProviderAccount.endClaim, id)
    }

    // MARK: Sealing

    private enum Column: String {
        case access = "access_token"
        case refresh = "refresh_token"
        case id = "id_token"
    }

    private func seal(
        _ token: Secret<String>, _ column: Column, _ id: ID<ProviderAccount>
    ) -> String {
        sealer.seal(token.exposed, context: Self.context(column, id))
    }

    private func open(
        _ sealed: String, _ column: Column, _ id: ID<ProviderAccount>
    ) throws -> Secret<String> {
        try sealer.openText(sealed, context: Self.context(column, id))
    }

    private static func context(_ column: Column, _ id: ID<ProviderAccount>) -> String {
        "oauth_accounts.\(column.rawValue).\(id)"
    }

    private static func scope(_ tokens: ProviderTokens) -> String? {
        tokens.scopes?.joined(separator: ",")
    }
}

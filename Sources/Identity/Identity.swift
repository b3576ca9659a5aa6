import API
import Bus
import Loop
import SQL
import Secrets
import Values

/// Who is there: users, their sessions and the tokens that stand for them.
///
/// A user signs in by some method and has a session; a session is a row, found by the hash of the
/// token in the browser's cookie or named by an access token. Refresh tokens hang on it. When the row
/// is gone, everything that device holds has ended. Surfaces show all of this each in its own way.
///
/// Every feature and operation holds it. Were it no class, each of their types would bring its own code to
/// copy all that is in it: 1.8 MB of the program.
package final class Identity: Sendable {
    package let database: any Database
    package let settings: IdentitySettings
    package let randomness: Randomness
    package let sessions: Sessions
    package let passwords: PasswordVault
    package let refreshTokens: RefreshTokens
    package let accessTokens: AccessTokens
    package let signingKeys: SigningKeys
    package let verifications: Verifications
    package let signInStates: SignInStates
    package let providerAccounts: ProviderAccounts
    package let attempts: Attempts
    package let audit: AuditLog
    /// For what waits in the queue until somebody has looked who it is for.
    let wishSealer: Sealer
    package let passwordPolicy: PasswordPolicy

    /// What identity is built on.
    package struct Parts: Sendable {
        package var database: any Database
        package var bus: any Bus
        package var hashing: BlockingPool
        package var limiter: any GuardLimiter
        package var keyring: Keyring
        package var randomness: Randomness
        /// Where clients reach the server: the issuer of its tokens.
        package var baseURL: String

        package init(
            database: any Database, bus: any Bus, hashing: BlockingPool,
            limiter: any GuardLimiter, keyring: Keyring, randomness: Randomness, baseURL: String
        ) {
            self.database = database
            self.bus = bus
            self.hashing = hashing
            self.limiter = limiter
            self.keyring = keyring
            self.randomness = randomness
            self.baseURL = baseURL
        }
    }

    /// `hasGuards` is whether tries are counted.
    package init(_ settings: IdentitySettings, _ parts: Parts, hasGuards: Bool = true) {
        self.settings = settings
        database = parts.database
        randomness = parts.randomness
        passwordPolicy = settings.password.rules
        signingKeys = SigningKeys(
            parts.database, parts.keyring, algorithm: settings.tokens.algorithm,
            issuer: parts.baseURL)
        accessTokens = AccessTokens(
            keys: signingKeys, settings: settings.tokens, issuer: parts.baseURL)
        refreshTokens = RefreshTokens(
            database: parts.database, randomness: parts.randomness, settings: settings.tokens)
        sessions = Sessions(
            database: parts.database, randomness: parts.randomness, settings: settings.session,
            cache: SessionCache(parts.bus), userFields: FieldSet(settings.user.fields),
            fields: FieldSet(settings.session.fields))
        verifications = Verifications(parts.database, parts.keyring, parts.randomness)
        signInStates = SignInStates(parts.database, parts.randomness, parts.keyring)
        providerAccounts = ProviderAccounts(parts.database, parts.randomness, parts.keyring)
        passwords = PasswordVault(
            hasher: PasswordHasher(
                algorithm: settings.password.hashing, randomness: parts.randomness),
            pool: parts.hashing, database: parts.database)
        attempts = Attempts(limiter: parts.limiter, isEnabled: hasGuards)
        wishSealer = parts.keyring.purpose("mail wishes")
        audit = AuditLog(
            parts.database, parts.randomness, storesAddress: settings.session.storesAddress)
    }

    /// What must be there before the first request: signing keys, and an ear for the other nodes.
    package func start(at now: Instant) async throws -> BusSubscription {
        try await signingKeys.load(at: now)
        return try await sessions.cache.listen()
    }

    /// Does something for a user who is about to be forgotten: what is to be done before his row goes.
    package typealias Farewell = (ID<User>, Instant) async throws -> Void

    /// Forgets what has expired. Called now and then.
    package func sweep(at now: Instant, farewell: Farewell? = nil) async throws {
        try await refreshTokens.sweep(at: now)
        try await sessions.deleteExpired(before: now)
        try await signingKeys.sweep(at: now)
        if let kept = settings.audit.keptFor?.duration {
            try await audit.forget(before: now - min(kept, AuditSettings.longest))
        }
        try await verifications.sweep(at: now)
        try await signInStates.sweep(at: now)
        try await purgeUsers(at: now, farewell)
    }

    package static let statements: [StatementCore] =
        User.statements + Session.statements + RefreshRow.statements + SigningKeyRow.statements
        + Membership.statements + OrganizationEnd.statements
        + ImportedUser.statements + AuditEntry.statements + LinkedEntry.statements
        + AuditChain.statements + SessionEnd.statements + UserStatus.statements
        + UserDetails.statements + SigningKeyDetails.statements
        + SealedRow.statements
        + Verification.statements + UserFields.statements + SessionFields.statements
        + SignInState.statements + SignInCode.statements + ProviderAccount.statements
}

import API
import Coding
import Identity
import SQL
import Secrets
import Values

/// What became of somebody who came back from a provider.
struct ProviderSignIn<Started: StartedSession>: Sendable {
    let started: Started
    /// Whether he has just become a user.
    let isNew: Bool
}

extension OAuth {
    private var rules: LinkingRules {
        LinkingRules(
            settings: identity.settings.linking, isSignUpOpen: identity.settings.signUp.isOpen)
    }

    /// Finds, links or makes the user and lets the caller start a session in the same transaction.
    ///
    /// Of two who come with the same new account, the second finds what the first has made.
    func signIn<Started: StartedSession>(
        _ proven: ProvenAccount, requestsSignUp: Bool, _ call: Call,
        thenIn start: @escaping @Sendable (User, any Transaction) async throws -> Started
    ) async throws -> ProviderSignIn<Started> {
        let signIn = try await admit(proven, requestsSignUp: requestsSignUp, call) {
            user, isNew, transaction in
            let started = try await start(user, transaction)
            try await identity.record(
                isNew ? .signedUp : .signedIn, about: started, by: Self.method(proven.provider),
                call, in: transaction)
            return ProviderSignIn(started: started, isNew: isNew)
        }
        call.note(userID: signIn.started.active.user.id.description)
        return signIn
    }

    /// The same without a session, which is started when the page exchanges the code.
    func issueCode(
        _ proven: ProvenAccount, requestsSignUp: Bool, challenge: String?, _ call: Call
    ) async throws -> Secret<String> {
        try await admit(proven, requestsSignUp: requestsSignUp, call) { user, isNew, transaction in
            try await User.requireActive(user.id, at: call.now, in: transaction)
            if isNew {
                try await identity.audit.append(
                    .signedUp, about: user.id, by: AuditOrigin(call, .user(user.id)),
                    details: ["method": .string(Self.method(proven.provider))], at: call.now,
                    in: transaction)
            }
            return try await identity.signInStates.issueCode(
                for: user.id, of: proven.provider.id.text, challenge: challenge, at: call.now,
                in: transaction)
        }
    }

    private func admit<Value: Sendable>(
        _ proven: ProvenAccount, requestsSignUp: Bool, _ call: Call,
        then body: @escaping @Sendable (User, Bool, any Transaction) async throws -> Value
    ) async throws -> Value {
        do {
            return try await tryTwice {
                try await admitOnce(proven, requestsSignUp, call, body)
            }
        } catch let failure as Failure where Self.refusals.contains(failure) {
            try await recordRefusal(failure, proven, call)
            throw failure
        }
    }

    private static let refusals: [Failure] = [
        .accountNotLinked, .signUpNotRequested, .signUpClosed, .emailMissing, .userBanned,
    ]

    private func tryTwice<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as DatabaseError {
            guard case .uniqueViolation = error.code else { throw error }
            return try await body()
        }
    }

    private func admitOnce<Value: Sendable>(
        _ proven: ProvenAccount, _ requestsSignUp: Bool, _ call: Call,
        _ body: @escaping @Sendable (User, Bool, any Transaction) async throws -> Value
    ) async throws -> Value {
        try await identity.database.transaction { transaction in
            var arrival = try await arrival(of: proven, in: transaction)
            arrival.maySignUp = proven.provider.allowsSignUp(isRequested: requestsSignUp)
            let decision = rules.decide(arrival)
            let user = try await user(decision, proven, call, in: transaction)
            var isNew = false
            if case .create = decision { isNew = true }
            return try await body(user, isNew, transaction)
        }
    }

    private func arrival(
        of proven: ProvenAccount, in transaction: any Transaction
    ) async throws -> LinkingRules.Arrival {
        let profile = proven.profile
        let account = try await identity.providerAccounts.find(
            issuer: proven.issuer, accountID: profile.accountID, in: transaction)
        var sameEmail: User?
        if account == nil, let email = profile.email {
            sameEmail = try await transaction.first(User.findByEmail, email)?.user
        }
        return LinkingRules.Arrival(
            owner: account?.userID, sameEmail: sameEmail, email: profile.email,
            isEmailVerified: profile.isEmailVerified, isTrusted: proven.provider.isTrusted,
            maySignUp: false)
    }

    private func user(
        _ decision: LinkingRules.Decision, _ proven: ProvenAccount, _ call: Call,
        in transaction: any Transaction
    ) async throws -> User {
        switch decision {
        case .refuse(let failure): throw failure
        case .create(let email):
            let user = try await create(email, proven.profile, call, in: transaction)
            _ = try await insert(proven, of: user.id, call, in: transaction)
            return user
        case .link(let id):
            _ = try await insert(proven, of: id, call, in: transaction)
            try await recordLink(.accountLinked, proven.provider.id.text, id, call, in: transaction)
            return try await require(id, in: transaction)
        case .signIn(let id):
            try await renew(proven, call, in: transaction)
            let user = try await require(id, in: transaction)
            return try await verified(user, by: proven, call, in: transaction)
        }
    }

    /// The user, whose address is verified from now on where the provider has verified the same one.
    private func verified(
        _ user: User, by proven: ProvenAccount, _ call: Call, in transaction: any Transaction
    ) async throws -> User {
        let profile = proven.profile
        guard profile.isEmailVerified, profile.email == user.email, !user.isEmailVerified,
            let verified = try await transaction.first(
                User.verifyEmail, user.id, user.email, call.now)
        else { return user }
        try await identity.audit.append(
            .emailVerified, about: user.id, by: AuditOrigin(call, .user(user.id)),
            details: ["by": .string(Self.method(proven.provider))], at: call.now,
            in: transaction)
        return verified
    }

    /// Deleted since his account was found.
    private func require(_ id: ID<User>, in transaction: any Transaction) async throws -> User {
        guard let user = try await transaction.first(User.find, id) else {
            throw Failure.accountNotLinked
        }
        return user
    }

    private func create(
        _ email: EmailAddress, _ profile: ProviderProfile, _ call: Call,
        in transaction: any Transaction
    ) async throws -> User {
        let user = try await transaction.first(
            User.insertByProvider, ID(at: call.now, from: identity.randomness), email,
            profile.shownName, profile.shownImage, profile.isEmailVerified ? call.now : nil,
            call.now)
        guard let user else { throw DatabaseError(.decoding, "an insert returns its row") }
        return user
    }

    private func insert(
        _ proven: ProvenAccount, of user: ID<User>, _ call: Call, in transaction: any Transaction
    ) async throws -> ProviderAccount {
        try await identity.providerAccounts.insert(
            proven.provider.id.text, issuer: proven.issuer, accountID: proven.profile.accountID,
            of: user, proven.tokens, at: call.now, in: transaction)
    }

    /// A provider need not give a refresh token each time: the one there is stays.
    @discardableResult
    private func renew(
        _ proven: ProvenAccount, _ call: Call, in transaction: any Transaction
    ) async throws -> ProviderAccount? {
        let accounts = identity.providerAccounts
        let found = try await accounts.find(
            issuer: proven.issuer, accountID: proven.profile.accountID, in: transaction)
        guard let found else { return nil }
        let kept = (try? accounts.tokens(of: found)) ?? ProviderTokens()
        return try await accounts.setTokens(
            of: found.id, to: kept.renewed(by: proven.tokens), at: call.now, in: transaction)
    }

    // MARK: Linking

    /// Ties the account to a user who is signed in and asked for it.
    func link(
        _ proven: ProvenAccount, to id: ID<User>, _ call: Call
    ) async throws -> ProviderAccount {
        try await tryTwice {
            try await identity.database.transaction { transaction in
                let user = try await require(id, in: transaction)
                let arrival = try await arrival(of: proven, in: transaction)
                switch rules.decideLink(of: arrival, to: user) {
                case .refuse(let failure): throw failure
                case .renew:
                    guard let account = try await renew(proven, call, in: transaction) else {
                        throw Failure.unknownAccount
                    }
                    return account
                case .link:
                    let account = try await insert(proven, of: id, call, in: transaction)
                    try await recordLink(
                        .accountLinked, account.provider, id, call, in: transaction)
                    return account
                }
            }
        }
    }

    /// Unties an account, unless its user could not sign in any more without.
    func unlink(_ id: ID<ProviderAccount>, of user: ID<User>, _ call: Call) async throws {
        guard let account = try await identity.providerAccounts.find(id, of: user) else {
            throw Failure.unknownAccount
        }
        try await identity.database.transaction { transaction in
            let isGone = try await identity.providerAccounts.delete(
                id, of: user, allowsLast: identity.settings.linking.allowsUnlinkingAll,
                in: transaction)
            guard isGone else { throw Failure.lastAccount }
            try await recordLink(.accountUnlinked, account.provider, user, call, in: transaction)
        }
    }

    // MARK: The audit log

    private func recordLink(
        _ event: AuditEvent, _ provider: String, _ user: ID<User>, _ call: Call,
        in transaction: any Transaction
    ) async throws {
        try await identity.audit.append(
            event, about: user, by: AuditOrigin(call, .user(user)),
            details: ["provider": .string(provider)], at: call.now, in: transaction)
    }

    /// About the user whose address it is, or nobody.
    private func recordRefusal(
        _ failure: Failure, _ proven: ProvenAccount, _ call: Call
    ) async throws {
        var user: ID<User>?
        if let email = proven.profile.email {
            user = try await identity.database.first(User.findByEmail, email)?.user.id
        }
        try await identity.audit.append(
            .signInFailed, about: user, by: AuditOrigin(call, .anonymous),
            details: [
                "method": .string(Self.method(proven.provider)),
                "reason": .string(failure.kind.name),
            ], at: call.now, in: identity.database)
    }
}

extension ProviderProfile {
    /// As long as the users table has room for, without what is no text.
    fileprivate var shownName: String? {
        let scalars = (name ?? "").unicodeScalars.filter {
            $0.properties.generalCategory != .control
        }
        let text = String(String.UnicodeScalarView(scalars.prefix(100)))
        return text.allSatisfy(\.isWhitespace) ? nil : text
    }

    /// Addresses that a page can show, and nothing that it would run.
    fileprivate var shownImage: String? {
        guard let image, image.utf8.count <= 2048,
            image.hasPrefix("https://") || image.hasPrefix("http://"),
            image.utf8.allSatisfy({ 0x21...0x7e ~= $0 })
        else { return nil }
        return image
    }
}

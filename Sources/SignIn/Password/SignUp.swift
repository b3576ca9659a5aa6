import API
import Coding
import Identity
import SQL
import Values

/// Registers a user with an e-mail address and a password, and lets the caller start a session in the
/// same transaction: there is no user without what was promised with him, nor without the mail by which
/// he confirms his address (S3-22).
///
/// Of two requests for one address the database lets one through. Where an address must be confirmed
/// first, or a setting says so, no session starts, and nobody is told whether it was free: that costs the
/// same work.
struct SignUp: Sendable {
    struct Draft: Sendable {
        var email: EmailAddress
        var password: NewPassword
        var name: String?
        var image: String?
        /// Fields that settings add, checked.
        var fields: JSONObject = [:]
        /// Where the browser goes on after the mail.
        var callbackURL: String?
    }

    /// What has come of it.
    enum Outcome<Started: StartedSession>: Sendable {
        case started(Started)
        /// No session has started. The user as he would be: he may be nobody.
        case mailed(User)
    }

    let mails: UserMails
    private var identity: Identity { mails.identity }

    func callAsFunction<Started: StartedSession>(
        _ draft: Draft, _ call: Call,
        thenIn start: @escaping @Sendable (User, any Transaction) async throws -> Started
    ) async throws -> Outcome<Started> {
        guard identity.settings.password.isOn, identity.settings.signUp.isOpen else {
            throw Failure.signUpClosed
        }
        try await identity.attempts.countSignUp(call)
        let user = user(draft, at: call.now)
        if identity.settings.verification.required || !identity.settings.signUp.startsSession {
            try await register(user, draft, call)
            return .mailed(user)
        }
        return .started(try await register(user, draft, call, thenIn: start))
    }

    // MARK: With a session

    private func register<Started: StartedSession>(
        _ user: User, _ draft: Draft, _ call: Call,
        thenIn start: @escaping @Sendable (User, any Transaction) async throws -> Started
    ) async throws -> Started {
        // Asked before the hash, so that a known address costs no hashing.
        guard try await identity.database.first(User.findByEmail, draft.email) == nil else {
            throw Failure.emailTaken
        }
        let hash = try await identity.passwords.hash(draft.password)
        let sends = identity.settings.verification.sendOnSignUp
        do {
            let started = try await identity.database.transaction { transaction in
                try await transaction.execute(
                    User.insert, user.id, user.email, user.name, user.image, hash, user.createdAt)
                try await identity.set(draft.fields, of: user.id, in: transaction)
                let started = try await start(user, transaction)
                try await identity.record(
                    .signedUp, about: started, by: Password.name, call, in: transaction)
                if sends { try await mail(user, draft, call, transaction) }
                return started
            }
            call.note(userID: user.id.description)
            if sends { await mails.wake() }
            return started
        } catch let error as DatabaseError where error.code == User.emailTaken {
            throw Failure.emailTaken.because(error)
        }
    }

    // MARK: Without one

    /// A known address costs a hash, a transaction and a mail, too: its user is told.
    private func register(_ user: User, _ draft: Draft, _ call: Call) async throws {
        let hash = try await identity.passwords.hash(draft.password)
        let mayMail = try await identity.attempts.mayMail(user.email, call)
        let verification = identity.settings.verification
        let sends = verification.required || verification.sendOnSignUp
        try await identity.database.transaction { transaction in
            let inserted = try await transaction.first(
                User.insertIfFree, user.id, user.email, user.name, user.image, hash, user.createdAt)
            let isNew = inserted != nil
            try await identity.audit.append(
                isNew ? .signedUp : .signUpRepeated, about: isNew ? user.id : nil,
                by: AuditOrigin(call, .anonymous), details: ["method": .string(Password.name)],
                at: call.now, in: transaction)
            if isNew {
                try await identity.set(draft.fields, of: user.id, in: transaction)
                if sends { try await mail(user, draft, call, transaction) }
            } else if mayMail {
                try await mails.addressInUse(user.email, at: call.now, in: transaction)
            }
        }
        await mails.wake()
    }

    private func mail(
        _ user: User, _ draft: Draft, _ call: Call, _ transaction: any Transaction
    ) async throws {
        try await mails.verifyEmail(
            of: user, callbackURL: draft.callbackURL, at: call.now, in: transaction)
    }

    private func user(_ draft: Draft, at now: Instant) -> User {
        var user = User(
            id: ID(at: now, from: identity.randomness), email: draft.email, name: draft.name,
            image: draft.image, createdAt: now)
        user.fields = identity.userFields.shown(draft.fields)
        return user
    }
}

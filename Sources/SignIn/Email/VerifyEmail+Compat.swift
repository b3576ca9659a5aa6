import API
import Coding
import HTTP
import Identity
import SQL
import Secrets
import Surfaces
import Values

// better-auth's own link of a mail, which does what it is about when it is opened (C28).

extension Failure {
    static let unverifiableToken = Failure("unverifiableToken")
    static let expiredToken = Failure("expiredToken")
    static let userOfTokenGone = Failure("userOfTokenGone")
    /// Somebody else is signed in.
    static let tokenOfAnother = Failure("tokenOfAnother")
}

extension Email {
    private static let refusals: [(failure: Failure, answer: ErrorAnswer)] = [
        (.unverifiableToken, Compat.unverifiableToken), (.expiredToken, Compat.expiredToken),
        (.userOfTokenGone, Compat.userOfTokenGone), (.tokenOfAnother, Compat.tokenOfAnother),
    ]

    func verifying(_ surface: Compat) -> SurfacePart {
        SurfacePart(
            Compat.name,
            failures: Self.refusals.map { FailureRow($0.failure, $0.answer) }
        ) {
            Operation(
                "verifyEmail", .get, "/verify-email",
                "The link of a mail that was sent with `compat.mailLinks` set to `direct`.",
                about: """
                    Confirms an address, agrees to a change of it, or makes the change, as its token \
                    says. Where a `callbackURL` is given, the browser is sent there, with `error` in \
                    the query where something was wrong.
                    """,
                failures: Self.refusals.map(\.failure) + [.invalidCallbackURL, .userBanned],
                options: surface.recognizingSession
            ) { (input: Compat.VerifyEmailInput, call) in
                try await open(input, surface, call)
            }
        }
    }

    private typealias Opened = (body: Compat.VerifiedAnswer, cookies: [SetCookie])

    private func open(
        _ input: Compat.VerifyEmailInput, _ surface: Compat, _ call: Call
    ) async throws -> WithCookies<Compat.GoingOn<Compat.VerifiedAnswer>> {
        let target = try surface.callback(input.callbackURL)
        do {
            let opened = try await opened(input.token, target, surface, call)
            return WithCookies(Compat.GoingOn(opened.body, to: target), opened.cookies)
        } catch let failure as Failure {
            let refusal = failure == .invalidToken ? Failure.unverifiableToken : failure
            let code = Self.refusals.first { $0.failure == refusal }?.answer.code
            guard let target, let code else { throw refusal }
            return WithCookies(
                Compat.GoingOn(Compat.VerifiedAnswer(), to: target.adding(("error", code))), [])
        }
    }

    private func opened(
        _ token: String, _ target: String?, _ surface: Compat, _ call: Call
    ) async throws -> Opened {
        let claims = try read(token, at: call.now)
        let found = try await identity.database.first(User.findByEmail, claims.email)
        guard let user = found?.user else { throw Failure.userOfTokenGone }
        let session = try await session(surface, call)
        guard let change = claims.change else {
            return try await verify(user, session, surface, call)
        }
        guard session == nil || session?.user.email == claims.email else {
            throw Failure.tokenOfAnother
        }
        switch change.request {
        case .leave: return try await agree(change.row, target, call)
        case .change: return try await complete(change.row, session, surface, call)
        }
    }

    private func read(_ token: String, at now: Instant) throws -> SignedLinks.Claims {
        do throws(JWTError) {
            return try signedLinks.read(token, at: now)
        } catch {
            throw error == .expired ? Failure.expiredToken : .unverifiableToken.because(error)
        }
    }

    private func verify(
        _ user: User, _ session: Caller?, _ surface: Compat, _ call: Call
    ) async throws -> Opened {
        let answer = Compat.VerifiedAnswer(user: .none)
        if user.isEmailVerified { return (answer, []) }
        let isSignedIn = session?.user.id == user.id
        let (verified, started) = try await identity.database.transaction { transaction in
            let verified = try await identity.verifyEmail(
                of: user.id, user.email, call, in: transaction)
            let started =
                isSignedIn ? nil : try await start(starting(call), verified, call, transaction)
            return (verified, started)
        }
        try await identity.sessions.refreshCaches(of: user.id)
        let signsIn = identity.settings.verification.signInAfterVerification
        if let started { return (answer, surface.cookies.start(started)) }
        guard signsIn, isSignedIn, let session else { return (answer, []) }
        return (answer, renew(session, verified, surface, call))
    }

    private func agree(
        _ row: ID<Verification>, _ target: String?, _ call: Call
    ) async throws -> Opened {
        try await identity.database.transaction { transaction in
            let verification = try await identity.verifications.consume(
                row, .leaveEmail, at: call.now, in: transaction)
            guard let verification else { throw Failure.unverifiableToken }
            try await agree(verification, target, call, transaction)
        }
        await mails.wake()
        return (Compat.VerifiedAnswer(), [])
    }

    /// Signed in by it, as better-auth has it, if he was not.
    private func complete(
        _ row: ID<Verification>, _ session: Caller?, _ surface: Compat, _ call: Call
    ) async throws -> Opened {
        let isSignedIn = session != nil
        let (changed, started) = try await identity.database.transaction { transaction in
            let verification = try await identity.verifications.consume(
                row, .changeEmail, at: call.now, in: transaction)
            guard let verification else { throw Failure.unverifiableToken }
            let changed = try await complete(verification, call, transaction)
            if isSignedIn { return (changed, Sessions.Started?.none) }
            let started = try await starting(call)(changed, transaction)
            try await identity.record(
                .signedIn, about: started, by: Self.name, call, in: transaction)
            return (changed, started)
        }
        try await identity.sessions.refreshCaches(of: changed.id)
        let cookies =
            started.map(surface.cookies.start)
            ?? session.map { renew($0, changed, surface, call) } ?? []
        return (Compat.VerifiedAnswer(user: .some(changed)), cookies)
    }

    private func starting(
        _ call: Call
    ) -> @Sendable (User, any Transaction) async throws -> Sessions.Started {
        { [identity] user, transaction in
            try await identity.sessions.start(
                for: user, on: call.device, isRemembered: true, at: call.now, in: transaction)
        }
    }

    private func renew(
        _ session: Caller, _ user: User, _ surface: Compat, _ call: Call
    ) -> [SetCookie] {
        guard let token = session.token else { return [] }
        return surface.cookies.renew(
            ActiveSession(session: session.session, user: user), token, at: call.now)
    }
}

extension Compat {
    struct VerifyEmailInput: Codable, Sendable, Explained {
        static let words = [
            "token": MemberWords("The token of the mail.", example: "eyJhbGciOiJIUzI1NiJ9.e30.x"),
            "callbackURL": .callbackURL,
        ]

        let token: String
        let callbackURL: String?
    }

    /// `user` is left out, null, or the user, as better-auth has it.
    struct VerifiedAnswer: Codable, OperationOutput, Explained {
        static let outcome = "Done."
        static let words = [
            "status": MemberWords("Always true.", example: true),
            "user": "The user whose address has changed; null for one who has confirmed his.",
        ]

        var status = true
        let user: Nullable<UserBody>?

        /// A mail to the new address follows.
        init() { user = nil }

        init(user: User?) { self.user = Nullable(user.map(UserBody.init)) }
    }
}

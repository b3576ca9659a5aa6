import API
import Coding
import HTTP
import Identity
import Secrets
import Surfaces
import Values

// C23. A password is asked for where the sign-in was a while ago; where `auth.deleteUser.confirmsByMail`
// says so, a mail must be answered in any case.

extension Account {
    func deleteUser(_ surface: Compat) -> [Route] {
        [deletion(surface).route, deletionCallback(surface).route]
    }

    private func deletion(
        _ surface: Compat
    ) -> Operation<Compat.DeleteUserInput, WithCookies<Compat.UserDeletedBody>> {
        Operation(
            "deleteUser", .post, "/delete-user", "Delete the user who is signed in.",
            about: """
                By his password, or without it within a day of signing in; or, where \
                `auth.deleteUser.confirmsByMail` is on, by the token of a mail that this sends. All that \
                he is signed in with ends, and the address can register again. Organizations in which nobody \
                else is end with him; one that others are in needs another owner first.
                """,
            failures: Identity.confirmationFailures + [
                .signInAgain, .unknownDeletionToken, .lastOwner,
            ],
            guard: surface.signedIn(identity)
        ) { (input: Compat.DeleteUserInput, caller, call) in
            guard try await delete(caller, input, call) else {
                return WithCookies(Compat.UserDeletedBody(message: Compat.deletionMailed), [])
            }
            return WithCookies(Compat.UserDeletedBody(), surface.cookies.cleared)
        }
    }

    private func deletionCallback(
        _ surface: Compat
    ) -> Operation<
        Compat.DeletionCallbackInput, WithCookies<Compat.GoingOn<Compat.UserDeletedBody>>
    > {
        Operation(
            "deleteUserCallback", .get, "/delete-user/callback",
            "The link of a mail that asks whether to delete the user.",
            about: "Deletes the user of the session, if the mail was to him.",
            failures: [.noUserInfo, .unknownDeletionToken, .invalidCallbackURL, .lastOwner],
            options: surface.recognizingSession
        ) { (input: Compat.DeletionCallbackInput, call) in
            let target = try surface.callback(input.callbackURL)
            guard let token = surface.sessionToken(of: call.request),
                let active = try await identity.sessions.find(token, at: call.now)
            else { throw Failure.noUserInfo }
            try await delete(active.user, by: input.token, call)
            return WithCookies(
                Compat.GoingOn(Compat.UserDeletedBody(), to: target), surface.cookies.cleared)
        }
    }

    /// False where a mail was sent instead.
    private func delete(
        _ caller: Caller, _ input: Compat.DeleteUserInput, _ call: Call
    ) async throws -> Bool {
        let password = input.password.flatMap { $0.isEmpty ? nil : $0 }
        if let password {
            guard password.unicodeScalars.count <= GivenPassword.lengthMax else {
                throw Failure.wrongPassword
            }
            try await identity.confirm(Secret(password), of: caller.user, call)
        }
        if let token = input.token, !token.isEmpty {
            try await delete(caller.user, by: token, call)
            return true
        }
        if identity.settings.deleteUser.confirmsByMail {
            try await mail(caller.user, CallbackURL(input.callbackURL), call)
            return false
        }
        guard password != nil || identity.sessions.isFresh(caller.session, at: call.now) else {
            throw Failure.signInAgain
        }
        try await identity.delete(
            caller.user.id, by: AuditOrigin(call, .user(caller.user.id)), at: call.now)
        return true
    }

    private func delete(_ user: User, by token: String, _ call: Call) async throws {
        let proof = MailProof.token(VerificationToken(token))
        try await identity.attempts.count(proof, call)
        do {
            try await identity.delete(proof, of: user.id, call)
        } catch let failure as Failure where failure == .invalidToken {
            throw Failure.unknownDeletionToken.because(failure)
        }
    }

    private func mail(_ user: User, _ callback: CallbackURL, _ call: Call) async throws {
        try await identity.attempts.countResetWish(user.email, call)
        try await identity.database.transaction { transaction in
            try await mails.deleteUser(
                user, callbackURL: callback.text, at: call.now, in: transaction)
        }
        await mails.wake()
    }
}

extension Compat {
    struct DeleteUserInput: Codable, Sendable, Explained {
        static let words = [
            "password": MemberWords("The user's password.", example: "Correct-horse-1"),
            "token": MemberWords(
                "Of a mail that asked whether to delete the user.", example: "k3vq0d9m"),
            "callbackURL": MemberWords(
                "Where the browser goes on after the mail.", example: "/goodbye"),
        ]

        let password: String?
        let token: String?
        let callbackURL: String?
    }

    struct DeletionCallbackInput: Codable, Sendable, Explained {
        static let words = [
            "token": MemberWords("The token of the mail.", example: "k3vq0d9m"),
            "callbackURL": MemberWords("Where the browser goes on.", example: "/goodbye"),
        ]

        let token: String
        let callbackURL: String?
    }

    struct UserDeletedBody: Codable, OperationOutput, Explained {
        static let outcome = "The user is deleted, or has a mail that asks whether to."
        static let words = [
            "success": MemberWords("Always true.", example: true),
            "message": MemberWords("For people.", example: "User deleted"),
        ]

        var success = true
        var message = Compat.userDeleted
    }
}

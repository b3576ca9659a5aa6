import API
import Coding
import HTTP
import Identity
import Secrets
import Surfaces
import Values

// C23: the form that needs no mail. A password is asked for where the sign-in was a while ago.

extension Account {
    func deleteUser(_ surface: Compat) -> [Route] {
        let operation = Operation(
            "deleteUser", .post, "/delete-user", "Delete the user who is signed in.",
            about: """
                By his password, or without it within a day of signing in. All that he is signed in \
                with ends, and the address can register again. Organizations in which nobody else is \
                end with him; one that others are in needs another owner first.
                """,
            failures: Identity.confirmationFailures + [
                .signInAgain, .unknownDeletionToken, .lastOwner,
            ],
            guard: surface.signedIn(identity)
        ) { (input: Compat.DeleteUserInput, caller, call) in
            try await delete(caller, input, call)
            return WithCookies(Compat.UserDeletedBody(), surface.cookies.cleared)
        }
        return [operation.route]
    }

    private func delete(
        _ caller: Caller, _ input: Compat.DeleteUserInput, _ call: Call
    ) async throws {
        let password = input.password.flatMap { $0.isEmpty ? nil : $0 }
        if let password {
            guard password.unicodeScalars.count <= GivenPassword.lengthMax else {
                throw Failure.wrongPassword
            }
            try await identity.confirm(Secret(password), of: caller.user, call)
        }
        if input.token?.isEmpty == false { throw Failure.unknownDeletionToken }
        guard password != nil || identity.sessions.isFresh(caller.session, at: call.now) else {
            throw Failure.signInAgain
        }
        try await identity.delete(
            caller.user.id, by: AuditOrigin(call, .user(caller.user.id)), at: call.now)
    }
}

extension Compat {
    struct DeleteUserInput: Codable, Sendable, Explained {
        static let words = [
            "password": MemberWords("The user's password.", example: "Correct-horse-1"),
            "token": MemberWords(
                "Of a mail that confirms the deletion. None is sent, so none is right.",
                example: "k3vq0d9m"),
            "callbackURL": MemberWords(
                "Checked and without effect: no mail leads there.", example: "/goodbye"),
        ]

        let password: String?
        let token: String?
        let callbackURL: String?
    }

    struct UserDeletedBody: Codable, OperationOutput, Explained {
        static let outcome = "The user is deleted."
        static let words = [
            "success": MemberWords("Always true.", example: true),
            "message": MemberWords("For people.", example: "User deleted"),
        ]

        var success = true
        var message = Compat.userDeleted
    }
}

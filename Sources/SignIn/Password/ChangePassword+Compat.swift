import API
import Coding
import HTTP
import Identity
import Secrets
import Surfaces
import Values

extension Password {
    func changing(_ surface: Compat) -> SurfacePart {
        SurfacePart(Compat.name) {
            Operation(
                "changePassword", .post, "/change-password", "Change the password.",
                about: """
                    Tries count as sign-ins do. Where other sessions are to end, all do, and a new \
                    one takes the place of the request's: its cookie is set, and `token` is its token.
                    """,
                failures: Identity.confirmationFailures + [
                    .passwordTooShort, .passwordTooLong, .weakPassword,
                ], options: compatRules("newPassword"), guard: surface.signedIn(identity)
            ) { (input: Compat.ChangePasswordInput, caller, call) in
                let (user, started) = try await change(input, caller, call)
                let cookies =
                    started.map(surface.cookies.start)
                    ?? surface.cookies.keep(
                        Caller(
                            active: ActiveSession(session: caller.session, user: user),
                            token: caller.token), at: call.now)
                return WithCookies(
                    Compat.PasswordChangedBody(
                        token: Nullable(started?.token.text.exposed), user: Compat.UserBody(user)),
                    cookies)
            }
            Operation(
                "verifyPassword", .post, "/verify-password", "Check the password once more.",
                about: "For what a page protects by itself. Tries count as sign-ins do.",
                failures: Identity.confirmationFailures, guard: surface.signedIn(identity)
            ) { (input: Compat.VerifyPasswordInput, caller, call) in
                try await identity.confirm(try Self.given(input.password), of: caller.user, call)
                return WithCookies(
                    Compat.PasswordVerifiedBody(), surface.cookies.keep(caller, at: call.now))
            }
        }
    }

    func compatRules(_ field: String) -> RouteOptions {
        var options = RouteOptions()
        options.rules = [FieldRule(field, schema: identity.passwordPolicy.schema)]
        return options
    }

    private func change(
        _ input: Compat.ChangePasswordInput, _ caller: Caller, _ call: Call
    ) async throws -> (user: User, started: Sessions.Started?) {
        let new = try compatPassword(input.newPassword)
        let current = try Self.given(input.currentPassword)
        guard input.revokeOtherSessions == true else {
            return try await identity.changePassword(
                of: caller.user, from: current, to: new, ending: .none, call,
                thenIn: { _, _ in nil })
        }
        return try await identity.changePassword(
            of: caller.user, from: current, to: new, ending: .all, call
        ) { user, transaction in
            try await identity.sessions.start(
                for: user, on: call.device, isRemembered: caller.session.isRemembered,
                at: call.now, in: transaction)
        }
    }

    /// A new password, or the failure by which better-auth names what is wrong with it.
    func compatPassword(_ text: String) throws -> NewPassword {
        do throws(Invalid) {
            return try NewPassword(Secret(text), identity.passwordPolicy)
        } catch {
            throw Failure(compatPassword: error)
        }
    }

    /// As long as it may be, or wrong without a look.
    private static func given(_ text: String) throws -> Secret<String> {
        guard text.unicodeScalars.count <= GivenPassword.lengthMax else {
            throw Failure.wrongPassword
        }
        return Secret(text)
    }
}

extension Compat {
    struct ChangePasswordInput: Codable, Sendable, Explained {
        static let words = [
            "newPassword": MemberWords("The password from now on.", example: "Battery-staple-2"),
            "currentPassword": MemberWords("The password so far.", example: "Correct-horse-1"),
            "revokeOtherSessions": PasswordChange.revoking,
        ]

        let newPassword: String
        let currentPassword: String
        let revokeOtherSessions: Bool?
    }

    struct VerifyPasswordInput: Codable, Sendable, Explained {
        static let words = [
            "password": MemberWords("The user's password.", example: "Correct-horse-1")
        ]

        let password: String
    }

    struct PasswordChangedBody: Codable, OperationOutput, Explained {
        static let outcome = "The password is changed."
        static let words = [
            "token": MemberWords(
                "The token of the new session, where the others have ended.",
                example: "hT0nKcVbq3Zr5sYw8uXe1fGj6mPa9dLi")
        ]

        let token: Nullable<String>
        let user: UserBody
    }

    struct PasswordVerifiedBody: Codable, OperationOutput, Explained {
        static let words = ["status": MemberWords("Always true.", example: true)]

        var status = true
    }
}

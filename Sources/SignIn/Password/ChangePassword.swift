import API
import Coding
import Identity
import Surfaces
import Values

// An open browser alone changes no password: whoever sits before it is asked for the old one.

/// The password that a user has, and the one he wants.
struct PasswordChange: Codable, Sendable {
    let currentPassword: GivenPassword
    let newPassword: GivenPassword
    let revokeOtherSessions: Bool?
}

extension PasswordChange: Explained {
    static let words = [
        "currentPassword": MemberWords("The password so far.", example: "Correct-horse-1"),
        "newPassword": MemberWords("The password from now on.", example: "Battery-staple-2"),
        "revokeOtherSessions": revoking,
    ]

    static let revoking = MemberWords(
        "Whether the user is signed out everywhere else: no, if left out.", example: true)
}

extension Password {
    static let aboutChanging = """
        Tries count as sign-ins do. The session of the request goes on; the others end where \
        `revokeOtherSessions` says so.
        """

    /// For the surfaces whose clients hold tokens: those of the request go on.
    func change(_ input: PasswordChange, _ caller: Caller, _ call: Call) async throws -> User {
        let new = try NewPassword(input.newPassword.secret, identity.passwordPolicy)
        return try await identity.changePassword(
            of: caller.user, from: input.currentPassword.secret, to: new,
            ending: input.revokeOtherSessions == true ? .others(but: caller.session.id) : .none,
            call, thenIn: { _, _ in nil }
        ).user
    }

    func changing(_ surface: V1) -> SurfacePart {
        SurfacePart(V1.name) {
            Operation(
                "changePassword", .post, "/auth/change-password", "Change the password.",
                about: Self.aboutChanging, failures: Identity.confirmationFailures,
                options: rules(for: "newPassword"), guard: identity.bearer
            ) { (input: PasswordChange, caller, call) in
                V1.MeBody(try await change(input, caller, call))
            }
        }
    }

    /// The path that V1 has is better-auth's here.
    func changing(_ surface: Tokens) -> SurfacePart {
        SurfacePart(Tokens.name) {
            Operation(
                "changePassword", .post, "/me/change-password", "Change the password.",
                about: Self.aboutChanging, failures: Identity.confirmationFailures,
                options: rules(for: "newPassword"), guard: identity.bearer
            ) { (input: PasswordChange, caller, call) in
                Tokens.UserBody(try await change(input, caller, call))
            }
        }
    }
}

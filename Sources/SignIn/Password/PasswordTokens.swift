import API
import Coding
import Identity
import Secrets
import Values

// What the two surfaces that hand out tokens have in common.

/// An e-mail address and a password as it was chosen, under whatever rules then held.
struct Credentials: Codable, Sendable {
    let email: EmailAddress
    let password: GivenPassword
}

extension Password {
    static let tokenRows = [
        FailureRow(.emailTaken, .conflict, "EMAIL_EXISTS", "Email already registered"),
        FailureRow(
            .invalidCredentials, .unauthorized, "INVALID_CREDENTIALS",
            "Invalid email or password"),
        FailureRow(.accountLocked, .locked, "ACCOUNT_LOCKED", "Account temporarily locked"),
        FailureRow(.signUpClosed, .forbidden, "SIGN_UP_CLOSED", "Registration is closed"),
    ]

    /// The rules for a new password, told beside all else that is wrong with the input.
    var passwordRules: RouteOptions {
        var options = RouteOptions()
        let policy = identity.passwordPolicy
        options.rules = [FieldRule("password") { policy.problems(of: Secret($0)) }]
        return options
    }

    func signUp(
        email: EmailAddress, password: GivenPassword, name: PersonName?, _ call: Call
    ) async throws -> IssuedTokens {
        let draft = SignUp.Draft(
            email: email, password: try NewPassword(password.secret, identity.passwordPolicy),
            name: name?.text, image: nil)
        return try await SignUp(identity: identity)(draft, call) { user, transaction in
            try await identity.issueTokens(
                for: user, on: call.device, at: call.now, in: transaction)
        }
    }

    func signIn(_ credentials: Credentials, _ call: Call) async throws -> IssuedTokens {
        try await SignInWithPassword(identity: identity)(
            email: credentials.email, password: credentials.password.secret, call
        ) { user, transaction in
            try await identity.issueTokens(
                for: user, on: call.device, at: call.now, in: transaction)
        }
    }
}

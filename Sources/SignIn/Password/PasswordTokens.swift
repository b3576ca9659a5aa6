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

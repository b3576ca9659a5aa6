import API
import Coding
import HTTP
import Identity
import Secrets
import Surfaces
import Values

// What the two surfaces that hand out tokens have in common.

/// An e-mail address and a password as it was chosen, under whatever rules then held.
struct Credentials: Codable, Sendable {
    let email: EmailAddress
    let password: GivenPassword
}

extension Credentials: Explained {
    static let words: [String: MemberWords] = [
        "password": "As it was chosen; no rule but that it is there."
    ]
}

extension Password {
    static let aboutSigningUp = """
        The user is signed in with it: the answer has a pair of tokens, and the refresh token is also \
        set as a cookie. An address can be registered once; letters of either case are the same. A \
        mail asks the user to confirm the address. Where that is `auth.verification.required`, or \
        `auth.signUp.startsSession` is off, 202 is answered without tokens, also where somebody has the \
        address: its user gets a mail that says so.
        """
    static let aboutSigningIn = """
        Each sign-in starts a session of its own. An unknown address and a wrong password get the same \
        answer. Tries are counted per address and per account: over the limit 429 is answered, and \
        after ten failures the account is locked for the caller's network, 423.
        """

    static let tokenRows = [
        FailureRow(.emailTaken, .conflict, "EMAIL_EXISTS", "Email already registered"),
        FailureRow(
            .invalidCredentials, .unauthorized, "INVALID_CREDENTIALS",
            "Invalid email or password"),
        FailureRow(.accountLocked, .locked, "ACCOUNT_LOCKED", "Account temporarily locked"),
        FailureRow(.userBanned, .forbidden, "USER_BANNED", "The account has been banned"),
        FailureRow(
            .emailNotVerified, .forbidden, "EMAIL_NOT_VERIFIED",
            "Confirm your e-mail address first; a mail is on its way"),
        FailureRow(.wrongPassword, .forbidden, "WRONG_PASSWORD", "The password is wrong"),
        FailureRow(
            .noPassword, .conflict, "NO_PASSWORD", "You sign in another way and have no password"),
        FailureRow(
            .passwordsOff, .forbidden, "PASSWORD_SIGN_IN_DISABLED",
            "Signing in by password is switched off"),
        FailureRow(.signUpClosed, .forbidden, "SIGN_UP_CLOSED", "Registration is closed"),
    ]

    /// The rules for a new password, told beside all else that is wrong with the input.
    var passwordRules: RouteOptions { rules(for: "password") }

    /// The same, with the fields that settings add to users.
    var registrationRules: RouteOptions {
        var options = passwordRules
        options.extras = identity.userFields.nested(.create)
        return options
    }

    func rules(for field: String) -> RouteOptions {
        var options = RouteOptions()
        let policy = identity.passwordPolicy
        options.rules = [
            FieldRule(field, schema: policy.schema) { policy.problems(of: Secret($0)) }
        ]
        return options
    }

    func signUp(
        email: EmailAddress, password: GivenPassword, name: PersonName?, _ call: Call
    ) async throws -> SignUp.Outcome<IssuedTokens> {
        let draft = SignUp.Draft(
            email: email, password: try NewPassword(password.secret, identity.passwordPolicy),
            name: name?.text, image: nil, fields: call.extraMembers)
        return try await SignUp(mails: mails)(draft, call) { user, transaction in
            try await identity.issueTokens(
                for: user, on: call.device, at: call.now, in: transaction)
        }
    }

    func signIn(_ credentials: Credentials, _ call: Call) async throws -> IssuedTokens {
        try await SignInWithPassword(mails: mails)(
            email: credentials.email, password: credentials.password.secret, call
        ) { user, transaction in
            try await identity.issueTokens(
                for: user, on: call.device, at: call.now, in: transaction)
        }
    }
}

/// The answer to who registers: 201 with tokens, or 202 where a mail must be answered first, the same
/// whether somebody has the address.
struct Registered<Body: Codable & OperationOutput>: OperationOutput {
    private let started: (body: Body, cookie: SetCookie)?

    init(
        _ outcome: SignUp.Outcome<IssuedTokens>, _ cookie: RefreshCookie,
        _ body: (IssuedTokens) -> Body
    ) {
        started =
            switch outcome {
            case .started(let tokens): (body(tokens), cookie.set(tokens.refresh))
            case .mailed: nil
            }
    }

    static func documentation() throws -> OutputDocumentation {
        var documentation = try WithCookies<Created<Body>>.documentation()
        documentation.alternatives.append(
            try .json(
                .accepted, SuccessBody.self, "A mail tells the reader of the address how to go on.")
        )
        return documentation
    }

    func response() throws -> Response {
        guard let started else {
            return .json(try JSONCoder.encode(SuccessBody()), status: .accepted)
        }
        return try WithCookies(Created(started.body), [started.cookie]).response()
    }
}

extension PasswordPolicy {
    /// The rules as the API's document shows them.
    var schema: Schema {
        let needs =
            (needsUppercase ? ["an upper-case letter"] : []) + (needsNumber ? ["a number"] : [])
        let what = needs.isEmpty ? "" : ", with " + needs.joined(separator: " and ")
        return Schema.string(length: minimumLength...maximumLength, pattern: pattern)
            .described("\(minimumLength) to \(maximumLength) characters\(what).")
    }

    /// Without look-ahead, which not every reader of patterns knows.
    private var pattern: String? {
        switch (needsUppercase, needsNumber) {
        case (true, true): #"[A-Z][\s\S]*[0-9]|[0-9][\s\S]*[A-Z]"#
        case (true, false): "[A-Z]"
        case (false, true): "[0-9]"
        case (false, false): nil
        }
    }
}

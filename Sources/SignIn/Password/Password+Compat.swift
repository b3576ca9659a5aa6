import API
import Coding
import HTTP
import Identity
import Secrets
import Surfaces
import Values

// S2-2, S2-3.

extension Password {
    func compat(_ surface: Compat) -> SurfacePart {
        SurfacePart(
            Compat.name, failures: Self.compatFailures
        ) {
            Operation(
                "signUpEmail", .post, "/sign-up/email", "Register with e-mail and password.",
                about: Self.aboutCompat,
                failures: Self.signUpFailures + [
                    .passwordTooShort, .passwordTooLong, .weakPassword,
                ] + identity.userFields.failures,
                options: signUpForm
            ) { (input: Compat.SignUpInput, call) in
                var draft = try draft(of: input)
                draft.fields = call.extraMembers
                let outcome = try await SignUp(mails: mails)(draft, call) {
                    user, transaction in
                    try await identity.sessions.start(
                        for: user, on: call.device, isRemembered: input.rememberMe ?? true,
                        at: call.now, in: transaction)
                }
                switch outcome {
                case .started(let started):
                    return WithCookies(
                        Compat.SignedUpBody(started), surface.cookies.start(started))
                case .mailed(let user): return WithCookies(Compat.SignedUpBody(user), [])
                }
            }
            Operation(
                "signInEmail", .post, "/sign-in/email", "Sign in with e-mail and password.",
                about: Self.aboutCompat,
                failures: Self.signInFailures + [.invalidEmail], options: signInForm
            ) { (input: Compat.SignInInput, call) in
                let started = try await signIn(input, call)
                return WithCookies(
                    Compat.SignedInBody(started, callbackURL: input.callbackURL),
                    surface.cookies.start(started))
            }
        }
    }

    private static let aboutCompat = """
        A session is started and set as a signed cookie, also when the request carried one. It lasts \
        seven days and is moved while it is in use; with `rememberMe` false it ends with the browser, \
        after a day at the latest.
        """

    // What better-auth names by codes of its own is checked by the operations.

    private var signUpForm: RouteOptions {
        var options = RouteOptions.accepting(.form, .json)
        options.rules = [FieldRule("password", schema: identity.passwordPolicy.schema)]
        options.extras = identity.userFields.flat(.create)
        return options
    }

    private var signInForm: RouteOptions {
        var options = RouteOptions.accepting(.form, .json)
        options.rules = [FieldRule("email", schema: EmailAddress.schema)]
        return options
    }

    private func draft(of input: Compat.SignUpInput) throws -> SignUp.Draft {
        SignUp.Draft(
            email: input.email, password: try compatPassword(input.password.text),
            name: input.name.text, image: input.image?.text,
            callbackURL: try CallbackURL(input.callbackURL).text)
    }

    private func signIn(
        _ input: Compat.SignInInput, _ call: Call
    ) async throws -> Sessions.Started {
        guard let email = try? EmailAddress(input.email) else { throw Failure.invalidEmail }
        guard input.password.unicodeScalars.count <= GivenPassword.lengthMax else {
            throw Failure.invalidCredentials
        }
        return try await SignInWithPassword(mails: mails)(
            email: email, password: Secret(input.password),
            callbackURL: CallbackURL(input.callbackURL).text, call
        ) { user, transaction in
            try await identity.sessions.start(
                for: user, on: call.device, isRemembered: input.rememberMe ?? true, at: call.now,
                in: transaction)
        }
    }
}

extension Compat {
    struct SignUpInput: Codable, Sendable {
        let name: UserName
        let email: EmailAddress
        let password: GivenPassword
        let image: ImageAddress?
        let callbackURL: String?
        let rememberMe: Bool?
    }

    struct SignInInput: Codable, Sendable {
        let email: String
        let password: String
        let callbackURL: String?
        let rememberMe: Bool?
    }

    static let signInWords: [String: MemberWords] = [
        "callbackURL": MemberWords(
            "Where a page goes on: a path of ours or an address of a trusted origin. It comes back in "
                + "`url` and `Location`.", example: "/welcome"),
        "rememberMe": MemberWords(
            "Whether the session outlives the browser: yes, if left out.", example: true),
    ]

    struct SignedUpBody: Codable, OperationOutput {
        static let outcome = "The user, with the token of the session."

        let token: Nullable<String>
        let user: UserBody

        init(_ started: Sessions.Started) {
            token = Nullable(started.token.text.exposed)
            user = UserBody(started.active.user)
        }

        /// Without a session: the address must be confirmed first. The user may be made up.
        init(_ user: User) {
            token = Nullable(nil)
            self.user = UserBody(user)
        }
    }

    struct SignedInBody: Codable, OperationOutput {
        static let outcome = "The user, with the token of the session."

        let redirect: Bool
        let token: String
        let url: String?
        let user: UserBody

        init(_ started: Sessions.Started, callbackURL: String?) {
            redirect = callbackURL != nil
            token = started.token.text.exposed
            url = callbackURL
            user = UserBody(started.active.user)
        }

        func response() throws -> Response {
            var response = Response.json(try JSONCoder.encode(self))
            if let url { response.fields[.location] = url }
            return response
        }
    }
}

extension Compat.SignUpInput: Explained {
    static let words = Compat.signInWords
}

extension Compat.SignInInput: Explained {
    static let words = Compat.signInWords.merging([
        "email": MemberWords("`INVALID_EMAIL` where it is none.", example: "ada@example.com"),
        "password": MemberWords("As it was chosen.", example: "Correct-horse-1"),
    ]) { $1 }
}

extension Compat.SignedUpBody: Explained {
    static let words = [
        "token": MemberWords(
            "The token of the session; null where the address must be confirmed first.",
            example: "hT0nKcVbq3Zr5sYw8uXe1fGj6mPa9dLi")
    ]
}

extension Compat.SignedInBody: Explained {
    static let words = [
        "token": MemberWords.sessionToken,
        "redirect": MemberWords("Whether there is a `url` to go on at.", example: true),
        "url": MemberWords("The `callbackURL` of the request.", example: "/welcome"),
    ]
}

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
                failures: Self.signUpFailures + [
                    .passwordTooShort, .passwordTooLong, .weakPassword,
                ],
                options: .accepting(.form, .json)
            ) { (input: Compat.SignUpInput, call) in
                let draft = try draft(of: input)
                let started = try await SignUp(identity: identity)(draft, call) {
                    user, transaction in
                    try await identity.sessions.start(
                        for: user, on: call.device, isRemembered: input.rememberMe ?? true,
                        at: call.now, in: transaction)
                }
                return WithCookies(
                    Compat.SignedUpBody(started), surface.cookies.start(started))
            }
            Operation(
                "signInEmail", .post, "/sign-in/email", "Sign in with e-mail and password.",
                failures: Self.signInFailures + [.invalidEmail], options: .accepting(.form, .json)
            ) { (input: Compat.SignInInput, call) in
                let started = try await signIn(input, call)
                return WithCookies(
                    Compat.SignedInBody(started, callbackURL: input.callbackURL),
                    surface.cookies.start(started))
            }
        }
    }

    private func draft(of input: Compat.SignUpInput) throws -> SignUp.Draft {
        let password: NewPassword
        do throws(Invalid) {
            password = try NewPassword(input.password.secret, identity.passwordPolicy)
        } catch {
            throw Failure(compatPassword: error)
        }
        return SignUp.Draft(
            email: input.email, password: password, name: input.name.text,
            image: input.image?.text)
    }

    private func signIn(
        _ input: Compat.SignInInput, _ call: Call
    ) async throws -> Sessions.Started {
        guard let email = try? EmailAddress(input.email) else { throw Failure.invalidEmail }
        guard input.password.utf8.count <= GivenPassword.bytesMax else {
            throw Failure.invalidCredentials
        }
        return try await SignInWithPassword(identity: identity)(
            email: email, password: Secret(input.password), call
        ) { user, transaction in
            try await identity.sessions.start(
                for: user, on: call.device, isRemembered: input.rememberMe ?? true, at: call.now,
                in: transaction)
        }
    }
}

extension Compat {
    struct SignUpInput: Codable, Sendable {
        let name: SignUpName
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

    /// A name as better-auth takes it, empty ones too, within the column.
    struct SignUpName: StringValue {
        let text: String

        init(_ text: String) throws(Invalid) {
            try text.requireText(length: 0...100)
            self.text = text
        }

        static var schema: Schema { .string(length: 0...100) }
        static var example: SignUpName { SignUpName(unchecked: "Ada Lovelace") }

        private init(unchecked text: String) {
            self.text = text
        }
    }

    /// The address of a picture: any text that a page may take for one.
    struct ImageAddress: StringValue {
        let text: String

        init(_ text: String) throws(Invalid) {
            try text.requireText(length: 0...2048)
            self.text = text
        }

        static var schema: Schema { .string(length: 0...2048) }
        static var example: ImageAddress {
            ImageAddress(unchecked: "https://example.com/ada.png")
        }

        private init(unchecked text: String) {
            self.text = text
        }
    }

    struct SignedUpBody: Codable, OperationOutput {
        let token: String
        let user: UserBody

        init(_ started: Sessions.Started) {
            token = started.token.text.exposed
            user = UserBody(started.active.user)
        }
    }

    struct SignedInBody: Codable, OperationOutput {
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

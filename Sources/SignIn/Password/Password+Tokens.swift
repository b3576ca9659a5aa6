import API
import Coding
import HTTP
import Identity
import Surfaces
import Values

// C2, S4-1.

extension Password {
    func tokens(_ surface: Tokens) -> SurfacePart {
        SurfacePart(
            Tokens.name, failures: Self.tokenRows
        ) {
            Operation(
                "register", .post, "/register", "Register with e-mail address and password.",
                about: Self.aboutSigningUp, failures: Self.signUpFailures,
                options: registrationRules
            ) { (input: Tokens.Registration, call) in
                Registered(
                    try await signUp(
                        email: input.email, password: input.password, name: input.name, call),
                    surface.cookie, Tokens.TokensBody.init)
            }
            Operation(
                "login", .post, "/login", "Sign in with e-mail address and password.",
                about: Self.aboutSigningIn, failures: Self.signInFailures
            ) { (input: Credentials, call) in
                let tokens = try await signIn(input, call)
                return WithCookies(Tokens.TokensBody(tokens), [surface.cookie.set(tokens.refresh)])
            }
        }
    }
}

extension Tokens {
    struct Registration: Codable, Sendable {
        let email: EmailAddress
        let password: GivenPassword
        let name: PersonName?
    }
}

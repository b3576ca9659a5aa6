import API
import Coding
import HTTP
import Identity
import Secrets
import Surfaces
import Values

// S3-2…S3-5, S3-16.

extension Password {
    func v1(_ surface: V1) -> SurfacePart {
        SurfacePart(
            V1.name, failures: Self.tokenRows
        ) {
            Operation(
                "register", .post, "/auth/register", "Register with e-mail address and password.",
                about: Self.aboutSigningUp, failures: Self.signUpFailures,
                options: registrationRules
            ) { (input: V1.Registration, call) in
                Registered(
                    try await signUp(
                        email: input.email, password: input.password, name: input.name, call),
                    surface.cookie, V1.SignedInBody.init)
            }
            Operation(
                "login", .post, "/auth/login", "Sign in with e-mail address and password.",
                about: Self.aboutSigningIn, failures: Self.signInFailures
            ) { (input: Credentials, call) in
                let tokens = try await signIn(input, call)
                return WithCookies(V1.SignedInBody(tokens), [surface.cookie.set(tokens.refresh)])
            }
        }
    }
}

extension V1 {
    struct Registration: Codable, Sendable {
        let email: EmailAddress
        let password: GivenPassword
        let name: PersonName
    }
}

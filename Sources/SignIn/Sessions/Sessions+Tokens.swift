import API
import HTTP
import Identity
import Surfaces

// S0-5…S0-7, S1-4…S1-6, C2.

extension SessionRoutes {
    func tokens(_ surface: Tokens, _ callers: Callers) -> SurfacePart {
        SurfacePart(
            Tokens.name, failures: Self.tokenRows
        ) {
            Operation(
                "me", .get, "/me", "The user who is signed in.", about: Self.aboutMe,
                guard: callers.anyone(scope: .usersRead)
            ) { (_: NoInput, principal, _) in
                let user = try principal.requireUser()
                if identity.userFields.isEmpty { return Tokens.UserBody(user) }
                return Tokens.UserBody(try await identity.withFields(user))
            }
            Operation(
                "refresh", .post, "/refresh", "Exchange a refresh token for new tokens.",
                about: PresentedToken.aboutRefreshing, failures: [.invalidRefreshToken],
                options: PresentedToken.refreshing
            ) { (input: PresentedToken.Input, call) in
                let tokens = try await identity.refresh(input, call, surface.cookie)
                return WithCookies(Tokens.TokensBody(tokens), [surface.cookie.set(tokens.refresh)])
            }
            Operation(
                "logout", .post, "/logout", "End the session and all of its tokens.",
                about: PresentedToken.aboutSigningOut, failures: [.unauthorized],
                options: PresentedToken.signingOut
            ) { (input: PresentedToken.Input, call) in
                try await identity.signOut(input, call, surface.cookie)
                return WithCookies(
                    Preferred(SuccessBody(), call.request), [surface.cookie.cleared])
            }
            Operation(
                "keySet", .get, "/jwks", "The public keys that access tokens are signed with.",
                about: "May be kept for five minutes; a key is there before it is used."
            ) { (_: NoInput, _) in
                KeySetBody(keys: identity.signingKeys.all)
            }
        }
    }
}

import API
import HTTP
import Identity
import Surfaces

// S3-6, S3-7.

extension SessionRoutes {
    func v1(_ surface: V1, _ callers: Callers) -> SurfacePart {
        SurfacePart(
            V1.name, failures: Self.tokenRows
        ) {
            Operation(
                "me", .get, "/auth/me", "The user who is signed in.", about: Self.aboutMe,
                guard: callers.anyone(scope: .usersRead)
            ) { (_: NoInput, principal, _) in
                let user = try principal.requireUser()
                if identity.userFields.isEmpty { return V1.MeBody(user) }
                return V1.MeBody(try await identity.withFields(user))
            }
            Operation(
                "refresh", .post, "/auth/refresh", "Exchange a refresh token for new tokens.",
                about: PresentedToken.aboutRefreshing, failures: [.invalidRefreshToken],
                options: PresentedToken.refreshing
            ) { (input: PresentedToken.Input, call) in
                let tokens = try await identity.refresh(input, call, surface.cookie)
                return WithCookies(V1.SignedInBody(tokens), [surface.cookie.set(tokens.refresh)])
            }
            Operation(
                "logout", .post, "/auth/logout", "End the session and all of its tokens.",
                about: PresentedToken.aboutSigningOut, failures: [.unauthorized],
                options: PresentedToken.signingOut
            ) { (input: PresentedToken.Input, call) in
                try await identity.signOut(input, call, surface.cookie)
                return WithCookies(
                    Preferred(SuccessBody(), call.request), [surface.cookie.cleared])
            }
        }
    }
}

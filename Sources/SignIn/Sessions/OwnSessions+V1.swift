import API
import Identity
import Surfaces

extension SessionRoutes {
    func ownSessions(_ surface: V1) -> SurfacePart {
        SurfacePart(V1.name) {
            Operation(
                "listSessions", .get, "/auth/sessions", "The sessions of who is signed in.",
                about: Self.aboutOwnSessions, guard: identity.bearer
            ) { (_: NoInput, caller, call) in
                try await ownSessions(of: caller, call)
            }
            Operation(
                "endSession", .delete, "/auth/sessions/:id", "End one of the user's sessions.",
                about: Self.aboutEndingOne, failures: [.notFound], guard: identity.bearer
            ) { (input: EndSessionInput, caller, call) in
                try await end(input, of: caller, surface.cookie, call)
            }
            Operation(
                "endSessions", .delete, "/auth/sessions", "End the user's other sessions.",
                guard: identity.bearer
            ) { (input: EndSessionsInput, caller, call) in
                try await endSessions(input, of: caller, surface.cookie, call)
            }
        }
    }
}

import API
import Identity
import Surfaces

extension Account {
    func v1(_ surface: V1) -> SurfacePart {
        SurfacePart(V1.name) {
            Operation(
                "updateMe", .patch, "/auth/me", "Change the user who is signed in.",
                about: Self.aboutUpdating, options: fieldOptions, guard: identity.bearer
            ) { (input: V1.MeChanges, caller, call) in
                V1.MeBody(
                    try await identity.update(
                        caller.user,
                        Identity.UserChanges(
                            name: input.name?.text, image: .absent, fields: call.extraMembers),
                        at: call.now))
            }
        }
    }
}

extension V1 {
    struct MeChanges: Codable, Sendable {
        let name: PersonName?
    }
}

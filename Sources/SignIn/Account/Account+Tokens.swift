import API
import Coding
import Identity
import Surfaces

extension Account {
    func tokens(_ surface: Tokens) -> SurfacePart {
        SurfacePart(Tokens.name) {
            Operation(
                "updateMe", .patch, "/me", "Change the user who is signed in.",
                about: Self.aboutUpdating, options: fieldOptions, guard: identity.bearer
            ) { (input: Tokens.MeChanges, caller, call) in
                Tokens.UserBody(
                    try await identity.update(
                        caller.user,
                        Identity.UserChanges(
                            name: input.name?.text, image: input.image.map(\.text),
                            fields: call.extraMembers),
                        at: call.now))
            }
        }
    }
}

extension Tokens {
    struct MeChanges: Codable, Sendable, Explained {
        static let words = [
            "image": MemberWords(
                "Null takes the picture away.", example: "https://example.com/ada.png")
        ]

        let name: PersonName?
        let image: Patch<Compat.ImageAddress>
    }
}

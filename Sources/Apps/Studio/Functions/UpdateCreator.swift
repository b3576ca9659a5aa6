import API
import Coding
import Surfaces

extension Studio {
    struct CreatorChange: Codable, Sendable, Explained {
        let displayName: Title?
        let settings: CreatorSettings?

        static let words: [String: MemberWords] = [
            "displayName": "What one is called on the pages.",
            "settings": "Members that are to be set; null takes one away, and all others stay.",
        ]
    }

    /// S4-18.
    var updateCreator: Function<CreatorChange, CreatorBody> {
        Function(
            name: "updateCreator", summary: "Change what one is called, and one's settings.",
            about: "What is left out stays as it is.", scope: .studioWrite
        ) { change, creator, occasion in
            let changed = try await creators.update(
                creator.id, displayName: change.displayName?.text, settings: change.settings,
                at: occasion.now)
            return try await body(changed)
        }
    }
}

import API
import Coding
import Identity
import Surfaces
import Values

extension Studio {
    /// An effect as a creator sees it.
    struct EffectBody: Codable, Sendable, OperationOutput, Explained {
        static let outcome = "The effect."

        let id: String
        let name: String
        let description: String
        let category: Category
        let motion: Bounded<MotionBounds>
        let tier: Tier
        let durationMs: Int
        let takesText: Bool
        let source: EffectSource
        let media: Nullable<MediaBody>
        let isAllowed: Bool

        init(_ effect: Effect, for tier: Tier, media: MediaBody? = nil) throws {
            id = effect.id
            name = effect.name
            description = effect.description
            category = effect.category
            motion = try Bounded(effect.motion)
            self.tier = effect.tier
            durationMs = Int(effect.duration.microseconds / 1000)
            takesText = effect.takesText
            source = media == nil ? .builtIn : .uploaded
            self.media = Nullable(media)
            isAllowed = effect.tier <= tier
        }

        static let words: [String: MemberWords] = [
            "id": MemberWords("A word, or the id of an upload.", example: "confetti"),
            "name": MemberWords("What it is called.", example: "Confetti"),
            "description": MemberWords(
                "What it looks like.", example: "Paper rains down in the brand's colours."),
            "motion": "How strongly it moves: 1, hardly at all, to 5.",
            "tier": "The least that one must have subscribed to.",
            "durationMs": MemberWords("How long it is to be seen, in milliseconds.", example: 6000),
            "takesText": "Whether it shows a text.",
            "isAllowed": MemberWords(
                "Whether the creator's tier is enough; his brand kit may still refuse it.",
                example: true),
        ]
    }

    enum EffectSource: String, Codable, CaseIterable, Sendable {
        case builtIn, uploaded
    }

    /// The file of an upload.
    struct MediaBody: Codable, Hashable, Sendable, Explained {
        let url: String
        let type: String

        static let words: [String: MemberWords] = [
            "url": MemberWords(
                "Where it is, for some time and for anybody.",
                example: "/api/v1/files/0199c82c-c000-7000-8000-000000000001/content?…"),
            "type": MemberWords("What it is, by its first bytes.", example: "image/webp"),
        ]
    }

    struct EffectsBody: Codable, Sendable, OperationOutput, Explained {
        static let outcome = "The effects: those that are built in, then the creator's own."

        let data: [EffectBody]
        let total: Int
        let limit: Int
        let offset: Int

        static let words = listWords
    }

    /// An effect that was triggered, with all that is needed to show it (S4-5).
    struct ActivationBody: Codable, Sendable, OperationOutput, Explained {
        static let outcome = "The effect is shown."

        let id: ID<Activation>
        let effectId: String
        let sessionId: ID<StreamSession>
        let triggeredAt: Instant
        let text: Nullable<String>
        let effect: EffectBody

        init(_ activation: Activation, _ effect: EffectBody) {
            id = activation.id
            effectId = activation.effect.id
            sessionId = activation.session
            triggeredAt = activation.triggeredAt
            text = Nullable(activation.text)
            self.effect = effect
        }

        static let words: [String: MemberWords] = [
            "effectId": MemberWords("Which effect.", example: "confetti"),
            "text": MemberWords("Of an effect that shows one.", example: "Welcome!"),
        ]
    }
}

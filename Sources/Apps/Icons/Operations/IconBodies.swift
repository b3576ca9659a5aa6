import API
import Coding
import Identity
import Surfaces
import Values

extension Icons {
    /// An icon as its user sees it (S1-8, S1-9).
    struct IconBody: Codable, Sendable, OperationOutput, Explained {
        static let outcome = "The icon."

        let id: ID<Icon>
        let prompt: String
        let svg: String
        let variants: [VariantBody]
        let chosen: ID<IconVariant>
        let intent: IconBrief.Intent
        let colorMode: IconBrief.ColorMode
        let generator: String
        let model: Nullable<String>
        let version: Int
        let createdAt: Instant
        let updatedAt: Instant

        init(_ icon: Icon) {
            id = icon.id
            prompt = icon.prompt
            svg = icon.variant()?.svg ?? ""
            variants = icon.variants.list.map(VariantBody.init)
            chosen = icon.chosen
            intent = icon.intent
            colorMode = icon.colorMode
            generator = icon.generator
            model = Nullable(icon.model)
            version = icon.version
            createdAt = icon.createdAt
            updatedAt = icon.updatedAt
        }

        static let words: [String: MemberWords] = [
            "prompt": MemberWords("What was asked for.", example: "A compass over a grid"),
            "svg": MemberWords("The chosen variant's drawing.", example: .string(IconExamples.svg)),
            "variants": "All that was drawn, in that order.",
            "chosen": "The id of the variant that is the icon.",
            "generator": MemberWords(
                "Who drew it: `anthropic`, or `offline`, which makes geometric icons without a model.",
                example: "offline"),
            "model": MemberWords(
                "The model that drew it. Null for `offline`.", example: "claude-sonnet-4-5"),
            "version": MemberWords("Counts its states, and is its `ETag`.", example: 1),
        ]
    }

    /// One of an icon's drawings.
    struct VariantBody: Codable, Sendable, Explained {
        let id: ID<IconVariant>
        let name: String
        let svg: String

        init(_ variant: IconVariant) {
            (id, name, svg) = (variant.id, variant.name, variant.svg)
        }

        static let words: [String: MemberWords] = [
            "name": MemberWords("What tells it from the others.", example: "Variant 1"),
            "svg": MemberWords("Safe to show, also in a page.", example: .string(IconExamples.svg)),
        ]
    }

    /// A part of a user's icons.
    struct ListBody: Codable, Sendable, OperationOutput, Explained {
        static let outcome = "The icons, newest first."

        let data: [IconBody]
        let total: Int
        let limit: Int
        let offset: Int

        static let words: [String: MemberWords] = [
            "total": MemberWords("All that there are, on other pages as well.", example: 1),
            "limit": MemberWords("How many were asked for.", example: 20),
            "offset": MemberWords("How many were passed over.", example: 0),
        ]
    }

    /// How many went.
    struct ClearedBody: Codable, Sendable, OperationOutput, Explained {
        static let outcome = "All are deleted."

        let deleted: Int
        let deletedAt: Instant

        static let words = [
            "deleted": MemberWords("How many there were.", example: 3),
            "deletedAt": "What brings them back.",
        ]
    }

    /// How many came back.
    struct RestoredBody: Codable, Sendable, OperationOutput, Explained {
        static let outcome = "They are there again."

        let restored: Int

        static let words = ["restored": MemberWords("How many came back.", example: 3)]
    }

    /// Who draws here, and how much of it a user may ask for.
    struct GeneratorBody: Codable, Sendable, OperationOutput, Explained {
        static let outcome = "Who draws, and what is left of today."

        let generator: String
        let model: Nullable<String>
        let promptMax: Int
        let variantsMax: Int
        let attachmentsMax: Int
        let svgBytesMax: Int
        let perMinute: Int
        let perDay: Int
        let leftToday: Int

        init(_ icons: Icons, leftToday: Int) {
            generator = icons.generator.name
            model = Nullable(icons.generator.model)
            promptMax = icons.options.promptMax
            variantsMax = IconBrief.variantsMax
            attachmentsMax = Icons.attachmentsMax
            svgBytesMax = icons.options.svgBytesMax
            perMinute = icons.options.perMinute
            perDay = icons.options.perDay
            self.leftToday = leftToday
        }

        static let words: [String: MemberWords] = [
            "generator": MemberWords(
                "`anthropic`, or `offline`, which makes geometric icons without a model.",
                example: "offline"),
            "model": MemberWords(
                "The model that draws. Null for `offline`.", example: "claude-sonnet-4-5"),
            "promptMax": MemberWords("Characters of a prompt.", example: 2000),
            "variantsMax": MemberWords("Drawings of one request.", example: 3),
            "attachmentsMax": MemberWords("Attachments of one request.", example: 4),
            "svgBytesMax": MemberWords("Bytes of one drawing.", example: 65536),
            "perMinute": MemberWords("Requests to draw in a minute.", example: 10),
            "perDay": MemberWords("Icons in a day of UTC.", example: 200),
            "leftToday": MemberWords("How many of these are left.", example: 200),
        ]
    }
}

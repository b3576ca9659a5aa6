import API
import Coding
import HTTP
import Identity
import Surfaces
import Values

extension Studio {
    /// A brand kit as its creator sees it (S4-16).
    struct BrandKitBody: Codable, Sendable, OperationOutput, Explained {
        static let outcome = "The brand kit."

        let id: ID<BrandKit>
        let name: String
        let colorPalette: ColorPalette
        let typography: Typography
        let motionIntensity: Bounded<MotionBounds>
        let allowedCategories: CategorySet
        let version: Int
        let createdAt: Instant
        let updatedAt: Instant

        init(_ kit: BrandKit) throws {
            id = kit.id
            name = kit.name
            colorPalette = kit.palette
            typography = kit.typography
            motionIntensity = try Bounded(kit.motionIntensity)
            allowedCategories = kit.allowedCategories
            version = kit.version
            createdAt = kit.createdAt
            updatedAt = kit.updatedAt
        }

        static let words: [String: MemberWords] = [
            "name": MemberWords("What it is called.", example: "Evening show"),
            "motionIntensity": "The strongest motion of effects that fit.",
            "allowedCategories": "What effects may be for.",
            "version": MemberWords("Counts its states, and is its `ETag`.", example: 1),
        ]
    }

    struct BrandKitsBody: Codable, Sendable, OperationOutput, Explained {
        static let outcome = "The brand kits, the oldest first."

        let data: [BrandKitBody]
        let total: Int
        let limit: Int
        let offset: Int

        static let words = listWords
    }

    /// What all lists say of themselves.
    static let listWords: [String: MemberWords] = [
        "total": MemberWords("All that there are, on other pages as well.", example: 1),
        "limit": MemberWords("How many were asked for.", example: 50),
        "offset": MemberWords("How many were passed over.", example: 0),
    ]

    /// Which part of a list is wanted.
    struct Page: Codable, Sendable {
        let limit: PageSize?
        let offset: PageOffset?
    }

    struct BrandKitReference: Codable, Sendable {
        let id: ID<BrandKit>
    }

    /// A brand kit as it is to be.
    struct BrandKitWish: Codable, Sendable, Explained {
        let name: Title
        let colorPalette: ColorPalette
        let typography: Typography
        let motionIntensity: Bounded<MotionBounds>
        let allowedCategories: CategorySet

        static let words = wishWords
    }

    /// The same, of one that is there.
    struct BrandKitChange: Codable, Sendable, Explained {
        let id: ID<BrandKit>
        let name: Title
        let colorPalette: ColorPalette
        let typography: Typography
        let motionIntensity: Bounded<MotionBounds>
        let allowedCategories: CategorySet

        static let words = wishWords
    }

    private static let wishWords: [String: MemberWords] = [
        "name": MemberWords("What it is called.", example: "Evening show"),
        "motionIntensity": "The strongest motion of effects that fit: 1, hardly any, to 5.",
        "allowedCategories": "What effects may be for. One at least.",
    ]
}

extension BrandKit {
    var tag: ETag { ETag("\(version)") }
}

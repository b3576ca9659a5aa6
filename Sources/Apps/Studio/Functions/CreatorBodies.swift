import API
import Coding
import Identity
import Surfaces
import Values

extension Studio {
    /// A creator as he sees himself (S4-15).
    struct CreatorBody: Codable, Sendable, OperationOutput, Explained {
        static let outcome = "The creator."

        let id: ID<User>
        let email: EmailAddress
        let displayName: String
        let subscriptionTier: Tier
        let settings: CreatorSettings
        let allowance: AllowanceBody
        let overlayURL: String
        let createdAt: Instant
        let updatedAt: Instant

        init(_ creator: Creator, _ used: Usage, _ options: Options, overlayURL: String) {
            id = creator.id
            email = creator.email
            displayName = creator.displayName
            subscriptionTier = creator.tier
            settings = creator.settings
            allowance = AllowanceBody(creator.tier.allowance, used, options)
            self.overlayURL = overlayURL
            createdAt = creator.createdAt
            updatedAt = creator.updatedAt
        }

        static let words: [String: MemberWords] = [
            "displayName": MemberWords("What he is called on the pages.", example: "Ada Lovelace"),
            "subscriptionTier": "Decided by the server's operator.",
            "settings": "What the creator's pages keep there.",
            "overlayURL": MemberWords(
                "The page for streaming software, set once. Whoever has it sees the effects of whichever "
                    + "session is under way, until the link is made anew.",
                example:
                    "https://example.com/studio/overlay/#creator=0199c82c-c000-7000-8000-000000000001&key=…"
            ),
        ]
    }

    /// What a tier allows, and what is used of it.
    struct AllowanceBody: Codable, Sendable, Explained {
        let brandKits: Nullable<Int>
        let brandKitsUsed: Int
        let uploads: Int
        let uploadsUsed: Int
        let uploadBytes: Int
        let uploadBytesUsed: Int
        let triggersPerMinute: Int

        init(_ allowance: Allowance, _ used: Usage, _ options: Options) {
            brandKits = Nullable(allowance.brandKits)
            brandKitsUsed = used.brandKits
            uploads = allowance.uploads
            uploadsUsed = used.uploads
            uploadBytes = allowance.uploadBytes
            uploadBytesUsed = used.uploadBytes
            triggersPerMinute = options.triggersPerMinute
        }

        static let words: [String: MemberWords] = [
            "brandKits": MemberWords("Null is no limit.", example: 3),
            "brandKitsUsed": MemberWords("How many there are.", example: 1),
            "uploads": MemberWords("Effects of the creator's own.", example: 10),
            "uploadsUsed": MemberWords("How many there are.", example: 2),
            "uploadBytes": MemberWords("All uploads together.", example: 104_857_600),
            "uploadBytesUsed": MemberWords("What they have.", example: 2_097_152),
            "triggersPerMinute": MemberWords("Effects in a minute.", example: 120),
        ]
    }

    /// What a creator has of what is limited.
    struct Usage: Sendable {
        var brandKits = 0
        var uploads = 0
        var uploadBytes = 0
    }

    func body(_ creator: Creator) async throws -> CreatorBody {
        let key = overlayKeys.key(of: creator.id, number: creator.overlayNumber)
        return CreatorBody(
            creator, try await usage(of: creator), options,
            overlayURL: "\(baseURL)/studio/overlay/#creator=\(creator.id)&key=\(key)")
    }

    private func usage(of creator: Creator) async throws -> Usage {
        let uploads = try await database.first(UploadedEffect.usage, creator.id)
        return Usage(
            brandKits: try await database.first(BrandKit.count, creator.id)?.value ?? 0,
            uploads: uploads?.count ?? 0, uploadBytes: uploads?.bytes ?? 0)
    }
}

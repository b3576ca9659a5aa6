import API
import Coding
import Identity
import Surfaces
import Values

extension V1 {
    /// A key as its owner sees it.
    struct APIKeyBody: Codable, Sendable {
        let id: ID<APIKey>
        let name: String
        let start: String
        let scopes: Scopes
        let organizationId: ID<Organization>?
        let isEnabled: Bool
        let expiresAt: Instant?
        let lastUsedAt: Instant?
        let createdAt: Instant
        let updatedAt: Instant

        init(_ key: APIKey) {
            id = key.id
            name = key.name
            start = key.start
            scopes = key.scopes
            organizationId = key.organizationID
            isEnabled = key.isEnabled
            expiresAt = key.expiresAt
            lastUsedAt = key.lastUsedAt
            createdAt = key.createdAt
            updatedAt = key.updatedAt
        }
    }

    struct OneAPIKeyBody: Codable, OperationOutput {
        static let outcome = "The key, without its secret."

        let apiKey: APIKeyBody

        init(_ key: APIKey) { apiKey = APIKeyBody(key) }
    }

    struct APIKeysBody: Codable, OperationOutput {
        static let outcome = "The keys, oldest first, without their secrets."

        let apiKeys: [APIKeyBody]

        init(_ keys: [APIKey]) { apiKeys = keys.map(APIKeyBody.init) }
    }

    struct ShownAPIKeyBody: Codable, OperationOutput {
        static let outcome = "The key, with its secret for the only time."

        let apiKey: APIKeyBody
        let key: String

        init(_ shown: ShownAPIKey) {
            apiKey = APIKeyBody(shown.key)
            key = shown.secret.text.exposed
        }
    }

    struct APIKeyOwner: Codable, Sendable {
        let organizationId: ID<Organization>?
    }

    struct APIKeyReference: Codable, Sendable {
        let id: ID<APIKey>
    }

    struct APIKeyDraft: Codable, Sendable {
        let name: Title
        let scopes: Scopes
        let expiresInDays: KeyDays?
        let organizationId: ID<Organization>?
    }

    struct APIKeyChange: Codable, Sendable {
        let id: ID<APIKey>
        let name: Title?
        let scopes: Scopes?
        let isEnabled: Bool?
    }

    struct APIKeyRotation: Codable, Sendable {
        let id: ID<APIKey>
        let endsOldAtOnce: Bool?
    }
}

/// How long a key is good: a day to ten years.
struct KeyDays: SchemaValue, Sendable {
    static let largest = 3650

    let value: Int

    init(_ value: Int) throws(Invalid) {
        guard value >= 1 else { throw .tooSmall(min: 1) }
        guard value <= Self.largest else { throw .tooBig(max: Double(Self.largest)) }
        self.value = value
    }

    private init(unchecked value: Int) { self.value = value }

    init(from decoder: any Decoder) throws { try self.init(Int(from: decoder)) }

    func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }

    static var schema: Schema { .integer(in: 1...Int64(largest)) }
    static var example: KeyDays { KeyDays(unchecked: 90) }
}

extension V1.APIKeyBody: Explained {
    static let words = [
        "name": MemberWords("What its maker calls it.", example: "Nightly report"),
        "start": MemberWords("Its first characters, to tell it from others.", example: "uk_q3Zr5s"),
        "scopes": "The operations that it opens.",
        "organizationId": "Whose it is; left out for a key of the caller.",
        "isEnabled": MemberWords("Whether it is good now.", example: true),
        "expiresAt": "When it ends; left out where it does not.",
        "lastUsedAt": "To the minute; left out for a key that was never used.",
    ]
}

extension V1.ShownAPIKeyBody: Explained {
    static let words = [
        "key": MemberWords(
            "To be sent as `x-api-key`; it is not shown again.",
            example: "uk_q3Zr5sYw8uXe1fGj6mPa9dLihT0nKcVbq3Zr5sYw")
    ]
}

extension V1.APIKeyOwner: Explained {
    static let words: [String: MemberWords] = [
        "organizationId": "An organization whose owner or admin the caller is."
    ]
}

extension V1.APIKeyDraft: Explained {
    static let words: [String: MemberWords] = [
        "scopes": "The operations that it opens. A key without any opens none.",
        "expiresInDays": "It does not end when this is left out.",
        "organizationId": "Makes a key for an organization whose owner or admin the caller is.",
    ]
}

extension V1.APIKeyChange: Explained {
    static let words = [
        "isEnabled": MemberWords("Whether the key is good.", example: false)
    ]
}

extension V1.APIKeyRotation: Explained {
    static let words = [
        "endsOldAtOnce": MemberWords("Without a grace for the old secret.", example: false)
    ]
}

import API
import Coding
import HTTP
import Identity
import Surfaces
import Values

// What a user's program may use at his provider.

extension Compat {
    struct AccessTokenBody: Codable, OperationOutput, Explained {
        static let outcome = "A token that is still good."
        static let words = providerTokenWords

        let accessToken: String
        let accessTokenExpiresAt: Instant?
        let scopes: [String]
        let idToken: String?
    }

    struct RefreshedTokensBody: Codable, OperationOutput, Explained {
        static let outcome = "The new tokens, and those that stay."
        static let words = providerTokenWords.filter { $0.key != "scopes" }.merging([
            "refreshToken": MemberWords("The provider's.", example: "1//0gxyz"),
            "refreshTokenExpiresAt": "Null where the provider does not say.",
            "scope": MemberWords(
                "What the provider allows us to do.", example: "openid,email,profile"),
            "providerId": MemberWords("The provider's name.", example: "google"),
            "accountId": MemberWords(
                "The account's own id.", example: "0199c82c-c000-7000-8000-000000000001"),
        ]) { $1 }

        let accessToken: String
        let refreshToken: String
        let accessTokenExpiresAt: Instant?
        let refreshTokenExpiresAt: Nullable<Instant>
        let scope: Nullable<String>
        let idToken: Nullable<String>
        let providerId: String
        let accountId: String
    }

    private static let providerTokenWords: [String: MemberWords] = [
        "accessToken": MemberWords("The provider's.", example: "ya29.a0AfH6SMB"),
        "accessTokenExpiresAt": "Left out where the provider does not say.",
        "scopes": MemberWords("What the provider allows us to do.", example: ["openid"]),
        "idToken": MemberWords("Where there is one.", example: "eyJhbGciOi.eyJpc3Mi.c2ln"),
    ]

    /// A user as his provider tells of him now.
    struct AccountInfoBody: OperationOutput {
        let profile: ProviderProfile
        let account: ProviderAccount

        struct Shape: Codable, Sendable, Explained {
            static let words = [
                "user": MemberWords("What is read of it."),
                "data": MemberWords(
                    "All that the provider says.", example: ["sub": "248289761001"]),
                "account": MemberWords("Which account it is."),
            ]

            let user: Person
            let data: JSON
            let account: Key
        }

        struct Person: Codable, Sendable, Explained {
            static let words = [
                "email": MemberWords("Left out where the provider tells none."),
                "emailVerified": .emailVerified,
                "image": MemberWords(
                    "A picture's address.", example: "https://example.com/ada.png"),
                "name": MemberWords("As it is there.", example: "Ada Lovelace"),
            ]

            let email: EmailAddress?
            let emailVerified: Bool
            let image: String?
            let name: String?
        }

        struct Key: Codable, Sendable, Explained {
            static let words = [
                "id": MemberWords(
                    "The account's own id.", example: "0199c82c-c000-7000-8000-000000000001"),
                "providerId": MemberWords("The provider's name.", example: "google"),
                "issuer": MemberWords(
                    "Who vouches for the account.", example: "https://accounts.google.com"),
                "accountId": MemberWords(
                    "The user's id with the provider.", example: "248289761001"),
            ]

            let id: String
            let providerId: String
            let issuer: String
            let accountId: String
        }

        static func documentation() throws -> OutputDocumentation {
            try .json(.ok, Shape.self, "What the provider says.")
        }

        func response() throws -> Response {
            let person = Person(
                email: profile.email, emailVerified: profile.isEmailVerified,
                image: profile.image, name: profile.name)
            let key = Key(
                id: account.id.description, providerId: account.provider, issuer: account.issuer,
                accountId: account.accountID)
            return .json(
                try JSONCoder.encode(Shape(user: person, data: profile.data, account: key)))
        }
    }
}

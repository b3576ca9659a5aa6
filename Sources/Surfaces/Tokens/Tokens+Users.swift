import API
import Coding
import Identity
import Values

extension Tokens {
    /// A user as this surface shows him (S1-6 and what a page wants to show).
    package struct UserBody: Codable, OperationOutput {
        package static let outcome = "The user."

        package let id: ID<User>
        package let email: EmailAddress
        package let name: String?
        package let image: String?
        package let emailVerified: Bool
        package let createdAt: Instant
        /// What settings add; left out where they add nothing.
        private var fields: JSONObject? = nil

        private enum CodingKeys: String, CodingKey {
            case id, email, name, image, emailVerified, createdAt
        }

        package init(_ user: User) {
            id = user.id
            email = user.email
            name = user.name
            image = user.image
            emailVerified = user.isEmailVerified
            createdAt = user.createdAt
            fields = user.fields
        }
    }

    /// A pair of tokens and whose they are (C2, C8).
    package struct TokensBody: Codable, OperationOutput {
        package static let outcome = "The user, and tokens to show who calls."

        package let accessToken: String
        package let refreshToken: String
        /// When the access token ends.
        package let expiresAt: Instant
        /// Seconds that the access token lives.
        package let expiresIn: Int
        package let user: UserBody

        package init(_ tokens: IssuedTokens) {
            accessToken = tokens.access.token
            refreshToken = tokens.refresh.text.exposed
            expiresAt = tokens.access.expiresAt
            expiresIn = Int(tokens.access.expiresIn.wholeSeconds)
            user = UserBody(tokens.active.user)
        }
    }
}

extension Tokens.UserBody: Explained {
    package static let words = [
        "name": MemberWords.personName, "image": .image, "emailVerified": .emailVerified,
    ]
}

extension Tokens.TokensBody: Explained {
    package static let words = [
        "accessToken": MemberWords.accessToken, "refreshToken": .refreshToken,
        "expiresAt": "When the access token ends.", "expiresIn": .expiresIn,
    ]
}

extension Tokens.UserBody: JSONWritable {
    package func write(to json: inout JSONOutput) {
        json.open()
        json.field("id", id)
        json.field("email", email)
        json.field("name", name)
        json.field("image", image)
        json.field("emailVerified", emailVerified)
        json.field("createdAt", createdAt)
        json.field("fields", fields)
        json.close()
    }
}

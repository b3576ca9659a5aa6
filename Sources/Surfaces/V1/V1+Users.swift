import API
import Coding
import Identity
import Values

extension V1 {
    /// A user as this surface shows him (S3-2).
    package struct UserBody: Codable, Sendable {
        package let id: ID<User>
        package let email: EmailAddress
        package let name: String?
        package let createdAt: Instant
        /// What settings add; left out where they add nothing.
        private var fields: JSONObject? = nil

        private enum CodingKeys: String, CodingKey { case id, email, name, createdAt }

        package init(_ user: User) {
            id = user.id
            email = user.email
            name = user.name
            createdAt = user.createdAt
            fields = user.fields
        }
    }

    /// The pair of tokens that signing in and refreshing answer (S3-2).
    package struct TokensBody: Codable, Sendable {
        package let accessToken: String
        package let refreshToken: String
        /// Seconds that the access token lives.
        package let expiresIn: Int
    }

    /// Who has signed in, and the tokens to show it with.
    package struct SignedInBody: Codable, OperationOutput {
        package static let outcome = "The user, and tokens to show who calls."

        package let user: UserBody
        package let tokens: TokensBody

        package init(_ tokens: IssuedTokens) {
            user = UserBody(tokens.active.user)
            self.tokens = TokensBody(
                accessToken: tokens.access.token,
                refreshToken: tokens.refresh.text.exposed,
                expiresIn: Int(tokens.access.expiresIn.wholeSeconds))
        }
    }

    /// The signed-in user alone.
    package struct MeBody: Codable, OperationOutput {
        package static let outcome = "The user."

        package let user: UserBody

        package init(_ user: User) {
            self.user = UserBody(user)
        }
    }
}

extension V1.UserBody: Explained {
    package static let words = ["name": MemberWords.personName]
}

extension V1.TokensBody: Explained {
    package static let words = [
        "accessToken": MemberWords.accessToken, "refreshToken": .refreshToken,
        "expiresIn": .expiresIn,
    ]
}

// Written by hand: every page of an app may ask who is signed in.

extension V1.UserBody: JSONWritable {
    package func write(to json: inout JSONOutput) {
        json.open()
        json.field("id", id)
        json.field("email", email)
        json.field("name", name)
        json.field("createdAt", createdAt)
        json.field("fields", fields)
        json.close()
    }
}

extension V1.MeBody: JSONWritable {
    package func write(to json: inout JSONOutput) {
        json.open()
        json.field("user", user)
        json.close()
    }
}

/// What operations answer that only worked or did not.
package struct SuccessBody: Codable, OperationOutput {
    package let success: Bool

    package init() {
        success = true
    }
}

extension SuccessBody: Explained {
    package static let words = ["success": MemberWords("Always true.", example: true)]
}

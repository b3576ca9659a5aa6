import API
import Coding
import HTTP
import Identity
import Values

extension Compat {
    /// A user as better-auth's clients read him.
    package struct UserBody: Codable, Sendable {
        package let name: String
        package let email: EmailAddress
        package let emailVerified: Bool
        package let image: Nullable<String>
        package let createdAt: Instant
        package let updatedAt: Instant
        package let id: ID<User>
        /// Before `id`, in the order of their declarations.
        private var fields: JSONObject? = nil

        private enum CodingKeys: String, CodingKey {
            case name, email, emailVerified, image, createdAt, updatedAt, id
        }

        package init(_ user: User) {
            name = user.name ?? ""
            email = user.email
            emailVerified = user.isEmailVerified
            image = Nullable(user.image)
            createdAt = user.createdAt
            updatedAt = user.updatedAt
            id = user.id
            fields = user.fields
        }
    }

    /// A session in better-auth's shape.
    package struct SessionBody: Codable, Sendable {
        package let expiresAt: Instant
        package let token: String
        package let createdAt: Instant
        package let updatedAt: Instant
        package let ipAddress: String
        package let userAgent: String
        package let userId: ID<User>
        package let id: ID<Session>
        /// Before `id`, in the order of their declarations.
        private var fields: JSONObject? = nil

        private enum CodingKeys: String, CodingKey {
            case expiresAt, token, createdAt, updatedAt, ipAddress, userAgent, userId, id
        }

        package init(_ session: Session, token: String) {
            expiresAt = session.expiresAt
            self.token = token
            createdAt = session.createdAt
            updatedAt = session.updatedAt
            ipAddress = session.address ?? ""
            userAgent = session.userAgent ?? ""
            userId = session.userID
            id = session.id
            fields = session.fields
        }
    }
}

extension Compat.UserBody: Explained {
    package static let words = [
        "name": MemberWords("Empty where none was given.", example: "Ada Lovelace"),
        "emailVerified": .emailVerified, "image": .image,
    ]
}

extension Compat.SessionBody: Explained {
    package static let words = [
        "expiresAt": "When the session ends; it is moved once a day while it is in use.",
        "token": MemberWords.sessionToken,
        "ipAddress": MemberWords("Where the session was started from.", example: "203.0.113.7"),
        "userAgent": MemberWords("What it was started with.", example: "Mozilla/5.0"),
    ]
}

// Written by hand: every page of an app asks for its session.

extension Compat.UserBody: JSONWritable {
    package func write(to json: inout JSONOutput) {
        json.open()
        json.field("name", name)
        json.field("email", email)
        json.field("emailVerified", emailVerified)
        json.nullableField("image", image.value)
        json.field("createdAt", createdAt)
        json.field("updatedAt", updatedAt)
        if let fields { json.members(of: fields) }
        json.field("id", id)
        json.close()
    }
}

extension Compat.SessionBody: JSONWritable {
    package func write(to json: inout JSONOutput) {
        json.open()
        json.field("expiresAt", expiresAt)
        json.field("token", token)
        json.field("createdAt", createdAt)
        json.field("updatedAt", updatedAt)
        json.field("ipAddress", ipAddress)
        json.field("userAgent", userAgent)
        json.field("userId", userId)
        if let fields { json.members(of: fields) }
        json.field("id", id)
        json.close()
    }
}

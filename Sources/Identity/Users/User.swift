import Coding
import SQL
import Values

/// A person who has registered.
package struct User: Hashable, Sendable {
    package let id: ID<User>
    package var email: EmailAddress
    package var name: String?
    /// The address of a picture.
    package var image: String?
    package var emailVerifiedAt: Instant?
    package let createdAt: Instant
    package var updatedAt: Instant
    /// The fields that settings add, as clients see them. Nil where there are none, and for a user who
    /// was found without; `Identity.withFields` finds them.
    package var fields: JSONObject?

    package var isEmailVerified: Bool { emailVerifiedAt != nil }

    package init(
        id: ID<User>, email: EmailAddress, name: String?, image: String?, createdAt: Instant
    ) {
        self.id = id
        self.email = email
        self.name = name
        self.image = image
        self.createdAt = createdAt
        updatedAt = createdAt
    }
}

extension User: RowDecodable {
    package init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        email = try row.next()
        name = try row.next()
        image = try row.next()
        emailVerifiedAt = try row.next()
        createdAt = try row.next()
        updatedAt = try row.next()
    }
}

/// A user with what a password is checked against.
package struct UserWithPassword: RowDecodable {
    package let user: User
    /// Nil for a user who signs in another way.
    package let passwordHash: String?

    package init(row: inout Row) throws(DatabaseError) {
        user = try User(row: &row)
        passwordHash = try row.next()
    }
}

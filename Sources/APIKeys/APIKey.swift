import Identity
import SQL
import Values

/// A key as its owner sees it: everything but the secret.
struct APIKey: Sendable, RowDecodable {
    let id: ID<APIKey>
    let userID: ID<User>?
    let organizationID: ID<Organization>?
    let name: String
    /// The first characters of the secret.
    let start: String
    let scopes: Scopes
    let isEnabled: Bool
    let expiresAt: Instant?
    let lastUsedAt: Instant?
    let createdAt: Instant
    let updatedAt: Instant

    init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        userID = try row.next()
        organizationID = try row.next()
        name = try row.next()
        start = try row.next()
        scopes = try row.next()
        isEnabled = try row.next()
        expiresAt = try row.next()
        lastUsedAt = try row.next()
        createdAt = try row.next()
        updatedAt = try row.next()
    }
}

extension APIKey {
    /// What a request needs of a key that it came with.
    struct Found: Sendable {
        let id: ID<APIKey>
        let scopes: Scopes
        let lastUsedAt: Instant?

        init(row: inout Row) throws(DatabaseError) {
            id = try row.next()
            scopes = try row.next()
            lastUsedAt = try row.next()
        }
    }

    struct FoundOfUser: RowDecodable {
        let key: Found
        let user: User

        init(row: inout Row) throws(DatabaseError) {
            key = try Found(row: &row)
            user = try User(row: &row)
        }
    }

    struct FoundOfOrganization: RowDecodable {
        let key: Found
        let organization: ID<Organization>

        init(row: inout Row) throws(DatabaseError) {
            key = try Found(row: &row)
            organization = try row.next()
        }
    }
}

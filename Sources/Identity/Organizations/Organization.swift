import SQL
import Values

/// Several users under one name.
package struct Organization: Hashable, Sendable, RowDecodable {
    package let id: ID<Organization>
    package var name: String
    /// Its name in addresses, of which there is one.
    package var slug: String
    package let createdAt: Instant
    package var updatedAt: Instant

    package init(id: ID<Organization>, name: String, slug: String, createdAt: Instant) {
        self.id = id
        self.name = name
        self.slug = slug
        self.createdAt = createdAt
        updatedAt = createdAt
    }

    package init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        name = try row.next()
        slug = try row.next()
        createdAt = try row.next()
        updatedAt = try row.next()
    }
}

/// What a member of an organization may do there. Each role may do what the lower ones may.
package enum OrganizationRole: String, Codable, CaseIterable, SQLValue, Hashable {
    case member, admin, owner
}

extension OrganizationRole: Comparable {
    private var rank: Int {
        switch self {
        case .member: 0
        case .admin: 1
        case .owner: 2
        }
    }

    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}

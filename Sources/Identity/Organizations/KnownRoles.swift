import Coding
import SQL
import Values

/// The roles that users have in organizations, looked up for many at once.
package struct KnownRoles: Sendable {
    /// Users that one look-up names; for more of them all members of the organizations are read.
    static let usersMax = 1000

    private struct Place: Hashable {
        let user: ID<User>
        let organization: ID<Organization>
    }

    private var roles: [Place: OrganizationRole] = [:]

    package init() {}

    /// Nil for who is no member.
    package func role(
        of user: ID<User>, in organization: ID<Organization>
    ) -> OrganizationRole? {
        roles.isEmpty ? nil : roles[Place(user: user, organization: organization)]
    }

    /// As they are now.
    package init(
        of users: Set<ID<User>>, in organizations: Set<ID<Organization>>,
        on database: any Database
    ) async throws(DatabaseError) {
        if users.isEmpty || organizations.isEmpty { return }
        let places = Self.list(organizations)
        let found =
            users.count > Self.usersMax
            ? try await database.all(Self.ofAll, places)
            : try await database.all(Self.ofUsers, places, Self.list(users))
        for one in found where users.contains(one.user) {
            roles[Place(user: one.user, organization: one.organization)] = one.role
        }
    }

    private static func list<Entity>(_ ids: Set<ID<Entity>>) -> JSONText {
        JSONText(JSON.list(ids.map { .string($0.description) }).description)
    }

    static let ofUsers = Statement(
        .scan,
        sqlite: """
            SELECT user_id, organization_id, role FROM organization_members
            WHERE organization_id IN (SELECT value FROM json_each($1))
                AND user_id IN (SELECT value FROM json_each($2))
            """,
        postgres: """
            SELECT user_id, organization_id, role FROM organization_members
            WHERE organization_id = ANY (ARRAY(SELECT jsonb_array_elements_text($1)::uuid))
                AND user_id = ANY (ARRAY(SELECT jsonb_array_elements_text($2)::uuid))
            """, binds: JSONText.self, JSONText.self, returns: KnownRole.self)

    static let ofAll = Statement(
        .scan,
        sqlite: """
            SELECT user_id, organization_id, role FROM organization_members
            WHERE organization_id IN (SELECT value FROM json_each($1))
            """,
        postgres: """
            SELECT user_id, organization_id, role FROM organization_members
            WHERE organization_id = ANY (ARRAY(SELECT jsonb_array_elements_text($1)::uuid))
            """, binds: JSONText.self, returns: KnownRole.self)
}

/// One user's role in one organization.
struct KnownRole: RowDecodable {
    let user: ID<User>
    let organization: ID<Organization>
    let role: OrganizationRole

    init(row: inout Row) throws(DatabaseError) {
        user = try row.next()
        organization = try row.next()
        role = try row.next()
    }
}

import Identity
import SQL
import Values

/// An organization as one of its members sees it.
struct OwnOrganization: Sendable, RowDecodable {
    let organization: Organization
    let role: OrganizationRole

    init(_ organization: Organization, _ role: OrganizationRole) {
        self.organization = organization
        self.role = role
    }

    init(row: inout Row) throws(DatabaseError) {
        organization = try Organization(row: &row)
        role = try row.next()
    }
}

extension Organization {
    package static let insert = Statement(
        .write,
        """
        INSERT INTO organizations (id, name, slug, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $4)
        """, binds: ID<Organization>.self, String.self, String.self, Instant.self)

    /// For the organization's own key.
    static let find = Statement(
        .point,
        "SELECT id, name, slug, created_at, updated_at FROM organizations WHERE id = $1",
        binds: ID<Organization>.self, returns: Organization.self)

    package static let findBySlug = Statement(
        .point,
        "SELECT id, name, slug, created_at, updated_at FROM organizations WHERE slug = $1",
        binds: String.self, returns: Organization.self)

    static let findOwn = Statement(
        .point,
        """
        SELECT o.id, o.name, o.slug, o.created_at, o.updated_at, m.role
        FROM organization_members m JOIN organizations o ON o.id = m.organization_id
        WHERE m.organization_id = $1 AND m.user_id = $2
        """, binds: ID<Organization>.self, ID<User>.self, returns: OwnOrganization.self)

    /// A page, behind the organization that is given.
    static let listOwn = Statement(
        .scan,
        """
        SELECT o.id, o.name, o.slug, o.created_at, o.updated_at, m.role
        FROM organization_members m JOIN organizations o ON o.id = m.organization_id
        WHERE m.user_id = $1 AND m.organization_id > $2 ORDER BY m.organization_id LIMIT $3
        """, binds: ID<User>.self, ID<Organization>.self, Int.self, returns: OwnOrganization.self)

    static let countOwned = Statement(
        .scan,
        "SELECT count(*) FROM organization_members WHERE user_id = $1 AND role = 'owner'",
        binds: ID<User>.self, returns: Single<Int>.self)

    static let update = Statement(
        .write,
        """
        UPDATE organizations SET name = COALESCE($2, name), slug = COALESCE($3, slug),
            updated_at = $4
        WHERE id = $1 RETURNING id, name, slug, created_at, updated_at
        """, binds: ID<Organization>.self, String?.self, String?.self, Instant.self,
        returns: Organization.self)

    /// For whoever runs the server.
    package static let list = Statement(
        .scan,
        """
        SELECT id, name, slug, created_at, updated_at FROM organizations
        WHERE id > $1 ORDER BY id LIMIT $2
        """, binds: ID<Organization>.self, Int.self, returns: Organization.self)

    static let statements: [StatementCore] = [
        insert.core, find.core, findBySlug.core, findOwn.core, listOwn.core, countOwned.core,
        update.core, list.core,
    ]
}

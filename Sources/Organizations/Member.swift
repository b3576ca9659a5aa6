import Identity
import SQL
import Values

/// A user in an organization, as its members see him.
package struct Member: Sendable, RowDecodable {
    package let id: ID<Member>
    package let userID: ID<User>
    package let name: String?
    package let email: EmailAddress
    let image: String?
    package let role: OrganizationRole
    package let joinedAt: Instant

    package init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        userID = try row.next()
        name = try row.next()
        email = try row.next()
        image = try row.next()
        role = try row.next()
        joinedAt = try row.next()
    }
}

extension Member {
    /// Returns nothing for who is a member already.
    static let insert = Statement(
        .write,
        """
        INSERT INTO organization_members (id, organization_id, user_id, role, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT (organization_id, user_id) DO NOTHING
        RETURNING id
        """, binds: ID<Member>.self, ID<Organization>.self, ID<User>.self, OrganizationRole.self,
        Instant.self, returns: Single<ID<Member>>.self)

    static let find = Statement(
        .point,
        """
        SELECT m.id, m.user_id, u.name, u.email, u.image, m.role, m.created_at
        FROM organization_members m JOIN users u ON u.id = m.user_id
        WHERE m.organization_id = $1 AND m.user_id = $2
        """, binds: ID<Organization>.self, ID<User>.self, returns: Member.self)

    /// A page for one of the members: nothing for anybody else.
    static let list = Statement(
        .scan,
        """
        SELECT m.id, m.user_id, u.name, u.email, u.image, m.role, m.created_at
        FROM organization_members m JOIN users u ON u.id = m.user_id
        WHERE m.organization_id = $1 AND m.id > $3 AND u.deleted_at IS NULL AND EXISTS (
            SELECT 1 FROM organization_members own
            WHERE own.organization_id = $1 AND own.user_id = $2)
        ORDER BY m.id LIMIT $4
        """, binds: ID<Organization>.self, ID<User>.self, ID<Member>.self, Int.self,
        returns: Member.self)

    /// The same for the organization's own key, and for whoever runs the server.
    package static let listAll = Statement(
        .scan,
        """
        SELECT m.id, m.user_id, u.name, u.email, u.image, m.role, m.created_at
        FROM organization_members m JOIN users u ON u.id = m.user_id
        WHERE m.organization_id = $1 AND m.id > $2 AND u.deleted_at IS NULL
        ORDER BY m.id LIMIT $3
        """, binds: ID<Organization>.self, ID<Member>.self, Int.self, returns: Member.self)

    /// Of users who can still sign in.
    static let countOwners = Statement(
        .scan,
        """
        SELECT count(*) FROM organization_members m JOIN users u ON u.id = m.user_id
        WHERE m.organization_id = $1 AND m.role = 'owner' AND u.deleted_at IS NULL
        """, binds: ID<Organization>.self, returns: Single<Int>.self)

    /// Members, and those who were asked and have not answered.
    static let countSeats = Statement(
        .scan,
        """
        SELECT (SELECT count(*) FROM organization_members WHERE organization_id = $1)
            + (SELECT count(*) FROM organization_invitations
               WHERE organization_id = $1 AND status = 'pending' AND expires_at > $2)
        """, binds: ID<Organization>.self, Instant.self, returns: Single<Int>.self)

    static let updateRole = Statement(
        .write,
        """
        UPDATE organization_members SET role = $3, updated_at = $4
        WHERE organization_id = $1 AND user_id = $2
        """, binds: ID<Organization>.self, ID<User>.self, OrganizationRole.self, Instant.self)

    static let delete = Statement(
        .write, "DELETE FROM organization_members WHERE organization_id = $1 AND user_id = $2",
        binds: ID<Organization>.self, ID<User>.self)

    static let statements: [StatementCore] = [
        insert.core, find.core, list.core, listAll.core, countOwners.core, countSeats.core,
        updateRole.core, delete.core,
    ]
}

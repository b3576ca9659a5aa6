import SQL
import Values

/// An organization always has an owner: what is asked before a user is deleted who may be the last,
/// and how it ends.
package enum OrganizationEnd {
    package static let delete = Statement(
        .write, "DELETE FROM organizations WHERE id = $1 RETURNING id",
        binds: ID<Organization>.self, returns: Single<ID<Organization>>.self)

    /// Makes all changes to the organizations that a user is in wait for the transaction's end.
    static let lockAllOfUser = Statement(
        .write,
        sqlite: """
            SELECT id FROM organizations WHERE id IN
                (SELECT organization_id FROM organization_members WHERE user_id = $1) ORDER BY id
            """,
        postgres: """
            SELECT id FROM organizations WHERE id IN
                (SELECT organization_id FROM organization_members WHERE user_id = $1) ORDER BY id
            FOR NO KEY UPDATE
            """, binds: ID<User>.self, returns: Single<ID<Organization>>.self)

    /// Those that nobody else owns who can still sign in.
    static let listOwnedAlone = Statement(
        .scan,
        """
        SELECT o.id, o.slug,
            (SELECT count(*) FROM organization_members m JOIN users u ON u.id = m.user_id
             WHERE m.organization_id = o.id AND m.user_id <> $1 AND u.deleted_at IS NULL)
        FROM organization_members own JOIN organizations o ON o.id = own.organization_id
        WHERE own.user_id = $1 AND own.role = 'owner' AND NOT EXISTS (
            SELECT 1 FROM organization_members m JOIN users u ON u.id = m.user_id
            WHERE m.organization_id = o.id AND m.user_id <> $1 AND m.role = 'owner'
                AND u.deleted_at IS NULL)
        ORDER BY o.id
        """, binds: ID<User>.self, returns: OwnedAlone.self)

    /// To the admin who has been in it longest; where there is none, to the member.
    static let handOver = Statement(
        .write,
        """
        UPDATE organization_members SET role = 'owner', updated_at = $3
        WHERE organization_id = $1 AND user_id = (
            SELECT m.user_id FROM organization_members m JOIN users u ON u.id = m.user_id
            WHERE m.organization_id = $1 AND m.user_id <> $2 AND u.deleted_at IS NULL
            ORDER BY CASE m.role WHEN 'admin' THEN 0 ELSE 1 END, m.created_at, m.id LIMIT 1)
        RETURNING user_id
        """, binds: ID<Organization>.self, ID<User>.self, Instant.self,
        returns: Single<ID<User>>.self)

    static let leaveAll = Statement(
        .write, "DELETE FROM organization_members WHERE user_id = $1 RETURNING organization_id",
        binds: ID<User>.self, returns: Single<ID<Organization>>.self)

    static let statements: [StatementCore] = [
        delete.core, lockAllOfUser.core, listOwnedAlone.core, handOver.core, leaveAll.core,
    ]
}

/// An organization with one owner.
struct OwnedAlone: RowDecodable {
    let id: ID<Organization>
    let slug: String
    let otherMembers: Int

    init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        slug = try row.next()
        otherMembers = try row.next()
    }
}

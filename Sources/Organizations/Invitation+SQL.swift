import Identity
import SQL
import Values

extension Invitation {
    /// One for each address: a new one takes the place of one that was answered, withdrawn or is too
    /// old. Returns nothing while one is pending.
    static let insert = Statement(
        .write,
        """
        INSERT INTO organization_invitations (id, organization_id, inviter_id, email, role, status,
            expires_at, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, 'pending', $6, $7, $7)
        ON CONFLICT (organization_id, email) DO UPDATE SET
            id = excluded.id, inviter_id = excluded.inviter_id, role = excluded.role,
            status = 'pending', expires_at = excluded.expires_at, created_at = excluded.created_at,
            updated_at = excluded.updated_at
        WHERE organization_invitations.status <> 'pending'
            OR organization_invitations.expires_at <= excluded.created_at
        RETURNING id
        """, binds: ID<Invitation>.self, ID<Organization>.self, ID<User>.self, EmailAddress.self,
        OrganizationRole.self, Instant.self, Instant.self, returns: Single<ID<Invitation>>.self)

    static let isMember = Statement(
        .point,
        """
        SELECT m.user_id FROM users u JOIN organization_members m ON m.user_id = u.id
        WHERE u.email = $2 AND m.organization_id = $1
        """, binds: ID<Organization>.self, EmailAddress.self, returns: Single<ID<User>>.self)

    static let find = Statement(
        .point,
        """
        SELECT i.id, o.id, o.name, o.slug, o.created_at, o.updated_at, i.email, i.role, i.status,
            u.name, u.email, i.expires_at, i.created_at
        FROM organization_invitations i JOIN organizations o ON o.id = i.organization_id
            JOIN users u ON u.id = i.inviter_id
        WHERE i.id = $1
        """, binds: ID<Invitation>.self, returns: Invitation.self)

    /// A page of an organization's, for its owners and admins.
    static let list = Statement(
        .scan,
        """
        SELECT i.id, o.id, o.name, o.slug, o.created_at, o.updated_at, i.email, i.role, i.status,
            u.name, u.email, i.expires_at, i.created_at
        FROM organization_invitations i JOIN organizations o ON o.id = i.organization_id
            JOIN users u ON u.id = i.inviter_id
        WHERE i.organization_id = $1 AND i.id > $3 AND EXISTS (
            SELECT 1 FROM organization_members own WHERE own.organization_id = $1
                AND own.user_id = $2 AND own.role IN ('owner', 'admin'))
        ORDER BY i.id LIMIT $4
        """, binds: ID<Organization>.self, ID<User>.self, ID<Invitation>.self, Int.self,
        returns: Invitation.self)

    /// Those that a user can accept.
    static let listReceived = Statement(
        .scan,
        """
        SELECT i.id, o.id, o.name, o.slug, o.created_at, o.updated_at, i.email, i.role, i.status,
            u.name, u.email, i.expires_at, i.created_at
        FROM users own JOIN organization_invitations i ON i.email = own.email
            JOIN organizations o ON o.id = i.organization_id JOIN users u ON u.id = i.inviter_id
        WHERE own.id = $1 AND own.email_verified_at IS NOT NULL AND own.deleted_at IS NULL
            AND i.status = 'pending' AND i.expires_at > $2 AND u.deleted_at IS NULL
        ORDER BY i.id LIMIT 100
        """, binds: ID<User>.self, Instant.self, returns: Invitation.self)

    static let statements: [StatementCore] = [
        insert.core, isMember.core, find.core, list.core, listReceived.core, lockOrganization.core,
        accept.core, reject.core, cancel.core, cancelAllOfInviter.core,
    ]
}

// MARK: What happens once

extension Invitation {
    /// The organization's lock by one of its invitations, so that accepting waits in the same line as
    /// every other change of members.
    static let lockOrganization = Statement(
        .write,
        sqlite: """
            SELECT id FROM organizations WHERE id =
                (SELECT organization_id FROM organization_invitations WHERE id = $1)
            """,
        postgres: """
            SELECT id FROM organizations WHERE id =
                (SELECT organization_id FROM organization_invitations WHERE id = $1)
            FOR NO KEY UPDATE
            """, binds: ID<Invitation>.self, returns: Single<ID<Organization>>.self)

    /// By the user whose verified address it was sent to, while there is who invited him. Of many who
    /// try at once one gets the row.
    static let accept = Statement(
        .write,
        """
        UPDATE organization_invitations SET status = 'accepted', updated_at = $3
        WHERE id = $1 AND status = 'pending' AND expires_at > $3 AND email = (
            SELECT email FROM users
            WHERE id = $2 AND email_verified_at IS NOT NULL AND deleted_at IS NULL)
            AND EXISTS (SELECT 1 FROM users
                WHERE id = organization_invitations.inviter_id AND deleted_at IS NULL)
        RETURNING organization_id, role
        """, binds: ID<Invitation>.self, ID<User>.self, Instant.self,
        returns: AcceptedInvitation.self)

    static let reject = Statement(
        .write,
        """
        UPDATE organization_invitations SET status = 'rejected', updated_at = $3
        WHERE id = $1 AND status = 'pending' AND expires_at > $3 AND email = (
            SELECT email FROM users
            WHERE id = $2 AND email_verified_at IS NOT NULL AND deleted_at IS NULL)
        RETURNING organization_id
        """, binds: ID<Invitation>.self, ID<User>.self, Instant.self,
        returns: Single<ID<Organization>>.self)

    static let cancel = Statement(
        .write,
        """
        UPDATE organization_invitations SET status = 'canceled', updated_at = $3
        WHERE id = $1 AND organization_id = $2 AND status = 'pending' RETURNING id
        """, binds: ID<Invitation>.self, ID<Organization>.self, Instant.self,
        returns: Single<ID<Invitation>>.self)

    static let cancelAllOfInviter = Statement(
        .write,
        """
        UPDATE organization_invitations SET status = 'canceled', updated_at = $3
        WHERE organization_id = $1 AND inviter_id = $2 AND status = 'pending'
        """, binds: ID<Organization>.self, ID<User>.self, Instant.self)
}

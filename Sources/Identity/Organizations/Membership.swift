import API
import SQL
import Values

/// A user's place in an organization, as far as rules ask for it.
package enum Membership {
    /// The role that a user has; nil for who is no member.
    package static let role = Statement(
        .point,
        "SELECT role FROM organization_members WHERE organization_id = $1 AND user_id = $2",
        binds: ID<Organization>.self, ID<User>.self, returns: Single<OrganizationRole>.self)

    /// Makes all other changes to the organization and its members wait for the transaction's end.
    package static let lock = Statement(
        .write,
        sqlite: "SELECT id FROM organizations WHERE id = $1",
        postgres: "SELECT id FROM organizations WHERE id = $1 FOR NO KEY UPDATE",
        binds: ID<Organization>.self, returns: Single<ID<Organization>>.self)

    /// The organization that a session works in, as long as its user is a member.
    package static let active = Statement(
        .point,
        sqlite: """
            SELECT m.organization_id
            FROM sessions s JOIN organization_members m ON m.user_id = s.user_id
                AND m.organization_id = json_extract(s.fields, '$.activeOrganizationId')
            WHERE s.id = $1
            """,
        postgres: """
            SELECT m.organization_id
            FROM sessions s JOIN organization_members m ON m.user_id = s.user_id
                AND m.organization_id = (s.fields ->> 'activeOrganizationId')::uuid
            WHERE s.id = $1
            """, binds: ID<Session>.self, returns: Single<ID<Organization>>.self)

    package static let statements: [StatementCore] = [
        role.core, lock.core, active.core, KnownRoles.ofUsers.core, KnownRoles.ofAll.core,
    ]

    /// The user's role, which no other transaction can change before this one has ended.
    ///
    /// Locked first and read by a second statement: PostgreSQL shows each statement what was committed
    /// before it began, so that reading while waiting for the lock could show a role that is gone.
    /// Who is no member is told that there is no such organization.
    package static func require(
        _ role: OrganizationRole, of user: ID<User>, in organization: ID<Organization>,
        _ transaction: any Transaction
    ) async throws -> OrganizationRole {
        _ = try await transaction.first(lock, organization)
        return try required(role, try await transaction.first(Self.role, organization, user)?.value)
    }

    /// The same for reading, where nothing has to wait.
    package static func require(
        _ role: OrganizationRole, of user: ID<User>, in organization: ID<Organization>,
        on database: any Database
    ) async throws {
        _ = try required(role, try await database.first(Self.role, organization, user)?.value)
    }

    private static func required(
        _ role: OrganizationRole, _ found: OrganizationRole?
    ) throws -> OrganizationRole {
        guard let found else { throw Failure.organizationNotFound }
        guard found >= role else { throw Failure.forbidden }
        return found
    }
}

extension Failure {
    /// Also told to who is no member.
    package static let organizationNotFound = Failure("organizationNotFound")
}

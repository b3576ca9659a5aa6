import Identity
import SQL
import Values

/// An address that was asked to join, in a role. Whoever has shown that mail to the address reaches
/// him, and is signed in, accepts it: no secret travels, so none can be stolen on the way.
package struct Invitation: Sendable, RowDecodable {
    /// What became of it.
    package enum Status: String, Codable, CaseIterable, SQLValue {
        case pending, accepted, rejected, canceled
    }

    package let id: ID<Invitation>
    package let organization: Organization
    package let email: EmailAddress
    package let role: OrganizationRole
    package let status: Status
    package let inviterName: String?
    package let inviterEmail: EmailAddress
    package let expiresAt: Instant
    package let createdAt: Instant

    package init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        organization = try Organization(row: &row)
        email = try row.next()
        role = try row.next()
        status = try row.next()
        inviterName = try row.next()
        inviterEmail = try row.next()
        expiresAt = try row.next()
        createdAt = try row.next()
    }
}

/// What accepting an invitation gives.
struct AcceptedInvitation: Sendable, RowDecodable {
    let organizationID: ID<Organization>
    let role: OrganizationRole

    init(row: inout Row) throws(DatabaseError) {
        organizationID = try row.next()
        role = try row.next()
    }
}

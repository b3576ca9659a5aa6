import API
import Identity
import SQL
import Surfaces
import Values

/// Users who work under one name: who belongs to it, in which role, and how others are asked in.
///
/// Whoever is no member is told that there is no such organization, whatever he asks of it. Changes
/// wait for one another: each locks the organization, reads the caller's role and writes in one
/// transaction, so that a role that was taken away opens nothing afterwards and the last owner stays.
package struct Organizations: Sendable {
    package static let name = "organizations"

    package let identity: Identity
    private let notice: InvitationNotice
    /// After the commit of what the notice wrote.
    let noticeIsOut: @Sendable () async -> Void

    /// Without a notice an invited user finds his invitations only where he asks for them.
    package init(
        _ identity: Identity, notice: @escaping InvitationNotice = { _, _ in },
        isOut: @escaping @Sendable () async -> Void = {}
    ) {
        self.identity = identity
        self.notice = notice
        noticeIsOut = isOut
    }

    package func module(_ surfaces: SurfaceList) -> Module {
        Module(
            Self.name,
            statements: Organization.statements + Member.statements + Invitation.statements
                + ActiveOrganization.statements,
            parts: [
                SurfacePart(
                    V1.name, failures: Self.rows,
                    routes: {
                        organizationRoutes(surfaces.callers)
                        memberRoutes(surfaces.callers)
                        invitationRoutes(surfaces.callers)
                        activeRoutes(surfaces.callers)
                    })
            ])
    }

    var settings: OrganizationSettings { identity.settings.organizations }
    var database: any Database { identity.database }

    func tell(_ invitation: Invitation, in transaction: any Transaction) async throws {
        try await notice(invitation, transaction)
    }

    /// Runs `body` with the caller's role, in a transaction that no other change of the organization
    /// can come between.
    func change<Output: Sendable>(
        _ organization: ID<Organization>, by doer: Doer, atLeast role: OrganizationRole,
        _ body:
            @escaping @Sendable (OrganizationRole, any Transaction) async throws -> Output
    ) async throws -> Output {
        try await database.transaction { transaction in
            let own = try await Membership.require(
                role, of: doer.user, in: organization, transaction)
            return try await body(own, transaction)
        }
    }
}

/// Tells an invited person, in the transaction that makes the invitation: what it writes, such as a
/// mail to be sent, is kept exactly if the invitation is.
package typealias InvitationNotice =
    @Sendable (Invitation, any Transaction) async throws -> Void

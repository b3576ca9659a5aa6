import Coding
import Identity
import SQL
import Values

extension AuditEvent {
    static let organizationCreated = AuditEvent("organization_created")
    static let organizationUpdated = AuditEvent("organization_updated")
    static let memberAdded = AuditEvent("member_added")
    static let memberRemoved = AuditEvent("member_removed")
    static let invitationSent = AuditEvent("invitation_sent")
    static let invitationAccepted = AuditEvent("invitation_accepted")
    static let invitationRejected = AuditEvent("invitation_rejected")
    static let invitationCanceled = AuditEvent("invitation_canceled")
}

extension Organizations {
    /// Records what is done to an organization. Addresses that were asked are not told: who has not
    /// registered stands in no entry.
    func record(
        _ event: AuditEvent, about user: ID<User>? = nil, _ organization: ID<Organization>,
        _ details: JSONObject = [:], by doer: Doer, _ transaction: any Transaction
    ) async throws {
        var details = details
        details["organization"] = .string(organization.description)
        try await doer.record(event, about: user, details, identity.audit, in: transaction)
    }

    func record(
        _ event: AuditEvent, _ organization: ID<Organization>, _ invitation: ID<Invitation>,
        by doer: Doer, _ transaction: any Transaction
    ) async throws {
        try await record(
            event, organization, ["invitation": .string(invitation.description)], by: doer,
            transaction)
    }
}

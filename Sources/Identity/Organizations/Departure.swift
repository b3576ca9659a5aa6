import API
import Coding
import SQL
import Values

/// How a user who is deleted leaves his organizations. One in which nobody else is ends with him; one
/// that others are in without an owner among them is given to one of these, or holds him back.
struct Departure: Sendable {
    let user: ID<User>
    let handsOver: Bool
    let origin: AuditOrigin
    let now: Instant
    let audit: AuditLog

    /// Organizations are locked before the user, as by whoever accepts an invitation.
    func lock(_ transaction: any Transaction) async throws {
        _ = try await transaction.all(OrganizationEnd.lockAllOfUser, user)
    }

    /// Once the user is locked, too: what he has joined since is looked at as well.
    func leave(_ transaction: any Transaction) async throws -> [ID<Organization>] {
        try await lock(transaction)
        let owned = try await transaction.all(OrganizationEnd.listOwnedAlone, user)
        let needed = owned.filter { $0.otherMembers > 0 }
        guard needed.isEmpty || handsOver else {
            throw Failure.lastOwner.about(needed.map(\.slug))
        }
        for organization in owned { try await part(with: organization, transaction) }
        return try await transaction.all(OrganizationEnd.leaveAll, user).map(\.value)
    }

    private func part(
        with organization: OwnedAlone, _ transaction: any Transaction
    ) async throws {
        let heir = try await transaction.first(
            OrganizationEnd.handOver, organization.id, user, now)
        var details: JSONObject = ["organization": .string(organization.id.description)]
        if let heir = heir?.value {
            details["role"] = "owner"
            try await record(.memberRoleChanged, about: heir, details, transaction)
        } else {
            details["slug"] = .string(organization.slug)
            _ = try await transaction.first(OrganizationEnd.delete, organization.id)
            try await record(.organizationDeleted, about: user, details, transaction)
        }
    }

    private func record(
        _ event: AuditEvent, about user: ID<User>, _ details: JSONObject,
        _ transaction: any Transaction
    ) async throws {
        try await audit.append(
            event, about: user, by: origin, details: details, at: now, in: transaction)
    }
}

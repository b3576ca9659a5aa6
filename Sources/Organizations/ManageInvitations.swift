import API
import Identity
import SQL
import Values

extension Organizations {
    /// Asks an address to join. Nobody invites to more than he is.
    func invite(
        _ email: EmailAddress, to organization: ID<Organization>, as role: OrganizationRole,
        by doer: Doer
    ) async throws -> Invitation {
        let now = doer.now
        let id = ID<Invitation>(at: now, from: identity.randomness)
        let expiresAt = now + settings.invitationExpiresAfter.duration
        let invitation = try await change(organization, by: doer, atLeast: .admin) {
            own, transaction in
            guard role <= own else { throw Failure.forbidden }
            try await requireRoom(in: organization, for: email, at: now, transaction)
            let inserted = try await transaction.first(
                Invitation.insert, id, organization, doer.user, email, role, expiresAt, now)
            guard inserted != nil else { throw Failure.alreadyInvited }
            guard let invitation = try await transaction.first(Invitation.find, id) else {
                throw Failure.invitationNotFound
            }
            try await tell(invitation, in: transaction)
            try await record(
                .invitationSent, organization,
                ["invitation": .string(id.description), "role": .string(role.rawValue)], by: doer,
                transaction)
            return invitation
        }
        await noticeIsOut()
        return invitation
    }

    private func requireRoom(
        in organization: ID<Organization>, for email: EmailAddress, at now: Instant,
        _ transaction: any Transaction
    ) async throws {
        guard try await transaction.first(Invitation.isMember, organization, email) == nil else {
            throw Failure.alreadyMember
        }
        let seats = try await transaction.first(Member.countSeats, organization, now)?.value ?? 0
        guard seats < settings.membersMax else { throw Failure.tooManyMembers }
    }

    func cancel(
        _ invitation: ID<Invitation>, of organization: ID<Organization>, by doer: Doer
    ) async throws {
        try await change(organization, by: doer, atLeast: .admin) { _, transaction in
            let canceled = try await transaction.first(
                Invitation.cancel, invitation, organization, doer.now)
            guard canceled != nil else { throw Failure.invitationNotFound }
            try await record(.invitationCanceled, organization, invitation, by: doer, transaction)
        }
    }

    /// The seat was counted when the invitation was made. Whoever deletes himself meanwhile either
    /// leaves this organization, too, or is gone before he is in it: both lock it and then the user.
    func accept(_ invitation: ID<Invitation>, by doer: Doer) async throws -> OwnOrganization {
        try await database.transaction { transaction in
            _ = try await transaction.first(Invitation.lockOrganization, invitation)
            _ = try await transaction.first(User.lock, doer.user)
            let accepted = try await transaction.first(
                Invitation.accept, invitation, doer.user, doer.now)
            guard let accepted else { throw Failure.invitationNotFound }
            let organization = accepted.organizationID
            try await record(.invitationAccepted, organization, invitation, by: doer, transaction)
            try await join(organization, as: accepted.role, by: doer, transaction)
            let own = try await transaction.first(Organization.findOwn, organization, doer.user)
            guard let own else { throw Failure.invitationNotFound }
            return own
        }
    }

    func reject(_ invitation: ID<Invitation>, by doer: Doer) async throws {
        try await database.transaction { transaction in
            let rejected = try await transaction.first(
                Invitation.reject, invitation, doer.user, doer.now)
            guard let rejected else { throw Failure.invitationNotFound }
            try await record(
                .invitationRejected, rejected.value, invitation, by: doer, transaction)
        }
    }
}

import API
import Identity
import SQL
import Values

extension Organizations {
    /// Asks an address to join. Nobody invites to more than he is.
    func invite(
        _ email: EmailAddress, to organization: ID<Organization>, as role: OrganizationRole,
        by user: ID<User>, at now: Instant
    ) async throws -> Invitation {
        let id = ID<Invitation>(at: now, from: identity.randomness)
        let expiresAt = now + settings.invitationExpiresAfter.duration
        return try await change(organization, by: user, atLeast: .admin) { own, transaction in
            guard role <= own else { throw Failure.forbidden }
            try await requireRoom(in: organization, for: email, at: now, transaction)
            let inserted = try await transaction.first(
                Invitation.insert, id, organization, user, email, role, expiresAt, now)
            guard inserted != nil else { throw Failure.alreadyInvited }
            guard let invitation = try await transaction.first(Invitation.find, id) else {
                throw Failure.invitationNotFound
            }
            try await tell(invitation, in: transaction)
            return invitation
        }
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
        _ invitation: ID<Invitation>, of organization: ID<Organization>, by user: ID<User>,
        at now: Instant
    ) async throws {
        try await change(organization, by: user, atLeast: .admin) { _, transaction in
            let canceled = try await transaction.first(
                Invitation.cancel, invitation, organization, now)
            guard canceled != nil else { throw Failure.invitationNotFound }
        }
    }

    /// The seat was counted when the invitation was made.
    func accept(
        _ invitation: ID<Invitation>, by user: ID<User>, at now: Instant
    ) async throws -> OwnOrganization {
        try await database.transaction { transaction in
            _ = try await transaction.first(Invitation.lockOrganization, invitation)
            let accepted = try await transaction.first(Invitation.accept, invitation, user, now)
            guard let accepted else { throw Failure.invitationNotFound }
            try await transaction.execute(
                Member.insert, ID(at: now, from: identity.randomness), accepted.organizationID,
                user, accepted.role, now)
            let own = try await transaction.first(
                Organization.findOwn, accepted.organizationID, user)
            guard let own else { throw Failure.invitationNotFound }
            return own
        }
    }

    func reject(_ invitation: ID<Invitation>, by user: ID<User>, at now: Instant) async throws {
        let rejected = try await database.first(Invitation.reject, invitation, user, now)
        guard rejected != nil else { throw Failure.invitationNotFound }
    }
}

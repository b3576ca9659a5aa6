import API
import Identity
import SQL
import Values

extension Organizations {
    func changeRole(
        of member: ID<User>, in organization: ID<Organization>, to role: OrganizationRole,
        by user: ID<User>, at now: Instant
    ) async throws -> Member {
        try await changeMember(member, in: organization, to: role, by: user, at: now) {
            transaction in
            try await transaction.execute(Member.updateRole, organization, member, role, now)
            let changed = try await transaction.first(Member.find, organization, member)
            guard let changed else { throw Failure.memberNotFound }
            return changed
        }
    }

    /// Removes a member, or lets the caller leave.
    func remove(
        _ member: ID<User>, from organization: ID<Organization>, by user: ID<User>, at now: Instant
    ) async throws {
        try await changeMember(member, in: organization, to: nil, by: user, at: now) {
            transaction in
            try await transaction.execute(Member.delete, organization, member)
        }
    }

    /// Who is above cannot be changed, and what is above cannot be given. Invitations of who may do less
    /// from now on are withdrawn: they would hand out what he no longer has.
    private func changeMember<Output: Sendable>(
        _ member: ID<User>, in organization: ID<Organization>, to role: OrganizationRole?,
        by user: ID<User>, at now: Instant,
        _ body: @escaping @Sendable (any Transaction) async throws -> Output
    ) async throws -> Output {
        try await change(organization, by: user, atLeast: .member) { own, transaction in
            let old = try await transaction.first(Membership.role, organization, member)?.value
            guard let old else { throw own >= .admin ? Failure.memberNotFound : .forbidden }
            let owners = try await transaction.first(Member.countOwners, organization)?.value ?? 0
            let change = MemberChange(
                actor: own, isSelf: member == user, old: old, new: role, owners: owners)
            if let refusal = change.refusal { throw refusal }
            if change.isDemotion {
                try await transaction.execute(
                    Invitation.cancelAllOfInviter, organization, member, now)
            }
            return try await body(transaction)
        }
    }
}

import API
import Identity
import SQL
import Values

extension Organizations {
    func changeRole(
        of member: ID<User>, in organization: ID<Organization>, to role: OrganizationRole,
        by doer: Doer
    ) async throws -> Member {
        try await changeMember(member, in: organization, to: role, by: doer) { transaction in
            try await transaction.execute(Member.updateRole, organization, member, role, doer.now)
            let changed = try await transaction.first(Member.find, organization, member)
            guard let changed else { throw Failure.memberNotFound }
            try await record(
                .memberRoleChanged, about: member, organization, ["role": .string(role.rawValue)],
                by: doer, transaction)
            return changed
        }
    }

    /// Removes a member, or lets the caller leave.
    func remove(
        _ member: ID<User>, from organization: ID<Organization>, by doer: Doer
    ) async throws {
        try await changeMember(member, in: organization, to: nil, by: doer) { transaction in
            try await transaction.execute(Member.delete, organization, member)
            try await record(.memberRemoved, about: member, organization, by: doer, transaction)
        }
    }

    /// Puts a user into an organization past its rules: for whoever runs the server. Who is a member
    /// already keeps his role. Returns the role that he has.
    package func add(
        _ user: ID<User>, to organization: ID<Organization>, as role: OrganizationRole,
        at now: Instant
    ) async throws -> OrganizationRole {
        let doer = Doer(operatorAs: user, at: now)
        return try await database.transaction { transaction in
            guard try await transaction.first(Membership.lock, organization) != nil else {
                throw Failure.organizationNotFound
            }
            try await join(organization, as: role, by: doer, transaction)
            return try await transaction.first(Membership.role, organization, user)?.value ?? role
        }
    }

    /// Makes the doer a member, unless he is one.
    func join(
        _ organization: ID<Organization>, as role: OrganizationRole, by doer: Doer,
        _ transaction: any Transaction
    ) async throws {
        let inserted = try await transaction.first(
            Member.insert, ID(at: doer.now, from: identity.randomness), organization, doer.user,
            role, doer.now)
        guard inserted != nil else { return }
        try await record(
            .memberAdded, organization, ["role": .string(role.rawValue)], by: doer, transaction)
    }

    /// Who is above cannot be changed, and what is above cannot be given. Invitations of who may do less
    /// from now on are withdrawn: they would hand out what he no longer has.
    private func changeMember<Output: Sendable>(
        _ member: ID<User>, in organization: ID<Organization>, to role: OrganizationRole?,
        by doer: Doer,
        _ body: @escaping @Sendable (any Transaction) async throws -> Output
    ) async throws -> Output {
        try await change(organization, by: doer, atLeast: .member) { own, transaction in
            let old = try await transaction.first(Membership.role, organization, member)?.value
            guard let old else { throw own >= .admin ? Failure.memberNotFound : .forbidden }
            let owners = try await transaction.first(Member.countOwners, organization)?.value ?? 0
            let change = MemberChange(
                actor: own, isSelf: member == doer.user, old: old, new: role, owners: owners)
            if let refusal = change.refusal { throw refusal }
            if change.isDemotion {
                try await transaction.execute(
                    Invitation.cancelAllOfInviter, organization, member, doer.now)
            }
            return try await body(transaction)
        }
    }
}

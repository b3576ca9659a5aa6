import API
import Coding
import Identity
import Surfaces
import Values

// S0-13, S0-19.

extension Organizations {
    @Routes func memberRoutes(_ callers: Callers) -> [Route] {
        Operation(
            "listMembers", .get, "/organizations/:id/members", "The members of an organization.",
            about: Self.aboutReading, failures: [.organizationNotFound],
            guard: callers.anyone(scope: .organizationsRead)
        ) { (input: V1.MemberPage, principal, _) in
            try await members(input, for: principal)
        }
        Operation(
            "updateMember", .patch, "/organizations/:id/members/:userId",
            "Give a member another role.",
            about: """
                For owners and admins. Nobody changes who is above him or gives what is above him, and \
                an organization keeps an owner. Invitations that a demoted member made are withdrawn.
                """, failures: Self.memberFailures, guard: callers.signedIn
        ) { (input: V1.MemberChangeInput, caller, call) in
            V1.OneMemberBody(
                try await changeRole(
                    of: input.userId, in: input.id, to: input.role,
                    by: Doer(caller, call)))
        }
        Operation(
            "removeMember", .delete, "/organizations/:id/members/:userId", "Remove a member.",
            about: "For owners and admins, of members who are not above them.",
            failures: Self.memberFailures, guard: callers.signedIn
        ) { (input: V1.MemberReference, caller, call) in
            try await remove(input.userId, from: input.id, by: Doer(caller, call))
            return NoContent()
        }
        Operation(
            "leaveOrganization", .post, "/organizations/:id/leave", "Leave an organization.",
            about: "For every member but the last owner.",
            failures: [.organizationNotFound, .lastOwner], guard: callers.signedIn
        ) { (input: V1.OrganizationReference, caller, call) in
            try await remove(caller.user.id, from: input.id, by: Doer(caller, call))
            return NoContent()
        }
    }

    private static let memberFailures: [Failure] = [
        .forbidden, .organizationNotFound, .memberNotFound, .lastOwner,
    ]

    /// The statement has the rule. Nothing found is an end of the list for members only.
    private func members(
        _ input: V1.MemberPage, for principal: Principal
    ) async throws -> V1.MembersBody {
        let (size, start) = (input.limit?.value ?? PageSize.standard, input.cursor ?? .first)
        guard let user = principal.user else {
            guard principal.holds(input.id) else { throw Failure.organizationNotFound }
            return V1.MembersBody(
                try await database.all(Member.listAll, input.id, start, size), size)
        }
        let list = try await database.all(Member.list, input.id, user.id, start, size)
        if list.isEmpty {
            try await Membership.require(.member, of: user.id, in: input.id, on: database)
        }
        return V1.MembersBody(list, size)
    }
}

extension V1 {
    struct MemberBody: Codable, Sendable {
        let userId: ID<User>
        let name: String?
        let email: EmailAddress
        let image: String?
        let role: OrganizationRole
        let joinedAt: Instant

        init(_ member: Member) {
            userId = member.userID
            name = member.name
            email = member.email
            image = member.image
            role = member.role
            joinedAt = member.joinedAt
        }
    }

    struct OneMemberBody: Codable, OperationOutput {
        static let outcome = "The member."

        let member: MemberBody

        init(_ member: Member) { self.member = MemberBody(member) }
    }

    struct MembersBody: Codable, OperationOutput {
        static let outcome = "A page of members, in the order in which they joined."

        let members: [MemberBody]
        let nextCursor: ID<Member>?

        init(_ list: [Member], _ size: Int) {
            members = list.map(MemberBody.init)
            nextCursor = list.count == size ? list.last?.id : nil
        }
    }

    struct MemberPage: Codable, Sendable {
        let id: ID<Organization>
        let cursor: ID<Member>?
        let limit: PageSize?
    }

    struct MemberReference: Codable, Sendable {
        let id: ID<Organization>
        let userId: ID<User>
    }

    struct MemberChangeInput: Codable, Sendable {
        let id: ID<Organization>
        let userId: ID<User>
        let role: OrganizationRole
    }
}

extension V1.MemberBody: Explained {
    static let words = ["name": MemberWords.personName, "image": .image]
}

extension V1.MembersBody: Explained {
    static let words = ["nextCursor": MemberWords.nextCursor]
}

extension V1.MemberPage: Explained {
    static let words = ["cursor": MemberWords.cursor, "limit": .limit]
}

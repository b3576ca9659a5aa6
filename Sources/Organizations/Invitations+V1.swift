import API
import Coding
import Identity
import Surfaces
import Values

// S0-13.

extension Organizations {
    @Routes func invitationRoutes(_ callers: Callers) -> [Route] {
        Operation(
            "listInvitations", .get, "/organizations/:id/invitations",
            "The invitations of an organization.", about: "For owners and admins.",
            failures: [.forbidden, .organizationNotFound], guard: callers.signedIn
        ) { (input: V1.InvitationPage, caller, _) in
            try await invitations(input, for: caller.user.id)
        }
        Operation(
            "createInvitation", .post, "/organizations/:id/invitations",
            "Ask an address to join.", about: Self.aboutInviting,
            failures: [
                .forbidden, .organizationNotFound, .alreadyMember, .alreadyInvited, .tooManyMembers,
            ], guard: callers.signedIn
        ) { (input: V1.InvitationDraft, caller, call) in
            let invitation = try await invite(
                input.email, to: input.id, as: input.role ?? .member,
                by: Doer(caller, call))
            return Created(V1.OneInvitationBody(invitation))
        }
        Operation(
            "cancelInvitation", .delete, "/organizations/:id/invitations/:invitationId",
            "Withdraw an invitation.", about: "For owners and admins, while it is pending.",
            failures: [.forbidden, .organizationNotFound, .invitationNotFound],
            guard: callers.signedIn
        ) { (input: V1.InvitationReference, caller, call) in
            try await cancel(input.invitationId, of: input.id, by: Doer(caller, call))
            return NoContent()
        }
        Operation(
            "listReceivedInvitations", .get, "/invitations", "The invitations to the caller.",
            about: "Pending ones to his address, once he has shown that mail to it reaches him.",
            guard: callers.signedIn
        ) { (_: NoInput, caller, call) in
            let list = try await database.all(
                Invitation.listReceived, caller.user.id, call.now)
            return V1.ReceivedInvitationsBody(list)
        }
        Operation(
            "acceptInvitation", .post, "/invitations/:id/accept", "Join an organization.",
            about: Self.aboutAnswering, failures: [.invitationNotFound], guard: callers.signedIn
        ) { (input: V1.ReceivedInvitationReference, caller, call) in
            V1.OneOrganizationBody(try await accept(input.id, by: Doer(caller, call)))
        }
        Operation(
            "rejectInvitation", .post, "/invitations/:id/reject", "Turn an invitation down.",
            about: Self.aboutAnswering, failures: [.invitationNotFound], guard: callers.signedIn
        ) { (input: V1.ReceivedInvitationReference, caller, call) in
            try await reject(input.id, by: Doer(caller, call))
            return NoContent()
        }
    }

    private static let aboutInviting = """
        For owners and admins, to no more than they are themselves. Nothing is said of whether the \
        address has a user. An address that has answered, or let its invitation grow too old, can be \
        asked again.
        """
    private static let aboutAnswering = """
        Once, by the user whose address it was sent to and who has shown that mail to it reaches him. \
        To all others there is no such invitation.
        """

    private func invitations(
        _ input: V1.InvitationPage, for user: ID<User>
    ) async throws -> V1.InvitationsBody {
        let size = input.limit?.value ?? PageSize.standard
        let list = try await database.all(
            Invitation.list, input.id, user, input.cursor ?? .first, size)
        if list.isEmpty {
            try await Membership.require(.admin, of: user, in: input.id, on: database)
        }
        return V1.InvitationsBody(list, size)
    }
}

extension V1 {
    struct InvitationBody: Codable, Sendable {
        let id: ID<Invitation>
        let organizationId: ID<Organization>
        let organizationName: String
        let organizationSlug: String
        let email: EmailAddress
        let role: OrganizationRole
        let status: Invitation.Status
        let inviterName: String?
        let inviterEmail: EmailAddress
        let expiresAt: Instant
        let createdAt: Instant

        init(_ invitation: Invitation) {
            id = invitation.id
            organizationId = invitation.organization.id
            organizationName = invitation.organization.name
            organizationSlug = invitation.organization.slug
            email = invitation.email
            role = invitation.role
            status = invitation.status
            inviterName = invitation.inviterName
            inviterEmail = invitation.inviterEmail
            expiresAt = invitation.expiresAt
            createdAt = invitation.createdAt
        }
    }

    struct OneInvitationBody: Codable, OperationOutput {
        static let outcome = "The invitation."

        let invitation: InvitationBody

        init(_ invitation: Invitation) { self.invitation = InvitationBody(invitation) }
    }

    struct InvitationsBody: Codable, OperationOutput {
        static let outcome = "A page of invitations, oldest first."

        let invitations: [InvitationBody]
        let nextCursor: ID<Invitation>?

        init(_ list: [Invitation], _ size: Int) {
            invitations = list.map(InvitationBody.init)
            nextCursor = list.count == size ? list.last?.id : nil
        }
    }

    struct ReceivedInvitationsBody: Codable, OperationOutput {
        static let outcome = "The invitations that the caller can accept, a hundred at most."

        let invitations: [InvitationBody]

        init(_ list: [Invitation]) { invitations = list.map(InvitationBody.init) }
    }

    struct InvitationPage: Codable, Sendable {
        let id: ID<Organization>
        let cursor: ID<Invitation>?
        let limit: PageSize?
    }

    struct InvitationDraft: Codable, Sendable {
        let id: ID<Organization>
        let email: EmailAddress
        let role: OrganizationRole?
    }

    struct InvitationReference: Codable, Sendable {
        let id: ID<Organization>
        let invitationId: ID<Invitation>
    }

    struct ReceivedInvitationReference: Codable, Sendable {
        let id: ID<Invitation>
    }
}

extension V1.InvitationBody: Explained {
    static let words = [
        "organizationName": MemberWords("What people read.", example: "Analytical Engines"),
        "organizationSlug": MemberWords("Its name in addresses.", example: "analytical-engines"),
        "inviterName": .personName,
    ]
}

extension V1.InvitationsBody: Explained {
    static let words = ["nextCursor": MemberWords.nextCursor]
}

extension V1.InvitationPage: Explained {
    static let words = ["cursor": MemberWords.cursor, "limit": .limit]
}

extension V1.InvitationDraft: Explained {
    static let words: [String: MemberWords] = ["role": "`member` if left out."]
}

import API
import Coding
import Identity
import Surfaces
import Values

// S0-13, S0-18.

extension Organizations {
    @Routes func organizationRoutes(_ callers: Callers) -> [Route] {
        Operation(
            "listOrganizations", .get, "/organizations", "The organizations that the caller is in.",
            about: Self.aboutReading, guard: callers.anyone(scope: .organizationsRead)
        ) { (input: V1.OrganizationPage, principal, _) in
            let user = try principal.requireUser()
            let size = input.limit?.value ?? PageSize.standard
            let list = try await database.all(
                Organization.listOwn, user.id, input.cursor ?? .first, size)
            return V1.OrganizationsBody(list, size)
        }
        Operation(
            "createOrganization", .post, "/organizations", "Make an organization.",
            about: "The caller is its owner.", failures: [.slugTaken, .tooManyOrganizations],
            guard: callers.signedIn
        ) { (input: V1.OrganizationDraft, caller, call) in
            let made = try await create(
                name: input.name.text, slug: input.slug.text, by: Doer(caller, call))
            return Created(V1.OneOrganizationBody(OwnOrganization(made, .owner)))
        }
        Operation(
            "readOrganization", .get, "/organizations/:id", "One organization.",
            about: Self.aboutReading, failures: [.organizationNotFound],
            guard: callers.anyone(scope: .organizationsRead)
        ) { (input: V1.OrganizationReference, principal, _) in
            try await read(input.id, by: principal)
        }
        Operation(
            "updateOrganization", .patch, "/organizations/:id", "Rename an organization.",
            about: "For owners and admins. What is left out stays as it is.",
            failures: [.forbidden, .organizationNotFound, .slugTaken], guard: callers.signedIn
        ) { (input: V1.OrganizationChange, caller, call) in
            V1.OneOrganizationBody(
                try await update(
                    input.id, name: input.name?.text, slug: input.slug?.text,
                    by: Doer(caller, call)))
        }
        Operation(
            "deleteOrganization", .delete, "/organizations/:id", "End an organization.",
            about: "For owners. Its members' places, its invitations and its API keys end with it.",
            failures: [.forbidden, .organizationNotFound], guard: callers.signedIn
        ) { (input: V1.OrganizationReference, caller, call) in
            try await delete(input.id, by: Doer(caller, call))
            return NoContent()
        }
    }

    static let aboutReading = """
        An API key needs the scope `organizations:read`. That of an organization reads its own and \
        nothing of the others.
        """

    private func read(
        _ id: ID<Organization>, by principal: Principal
    ) async throws -> V1.OneOrganizationBody {
        if let user = principal.user {
            guard let own = try await database.first(Organization.findOwn, id, user.id) else {
                throw Failure.organizationNotFound
            }
            return V1.OneOrganizationBody(own)
        }
        guard principal.holds(id), let found = try await database.first(Organization.find, id)
        else { throw Failure.organizationNotFound }
        return V1.OneOrganizationBody(found)
    }
}

extension Principal {
    /// Whether this is the organization's own key.
    func holds(_ organization: ID<Organization>) -> Bool {
        guard case .key(let holder) = self else { return false }
        return holder.organization == organization
    }
}

extension ID {
    /// Before all others: where the first page starts.
    static var first: ID { ID(high: 0, low: 0) }
}

import API
import Coding
import Identity
import Surfaces
import Values

// S0-13: which of his organizations a user works in, on this device.

extension Organizations {
    @Routes func activeRoutes(_ callers: Callers) -> [Route] {
        Operation(
            "readActiveOrganization", .get, "/organizations/active",
            "The organization that the session works in.",
            about: "Null where none was chosen, or the caller is no longer a member.",
            guard: callers.signedIn
        ) { (_: NoInput, caller, _) in
            V1.ActiveOrganizationBody(
                try await database.first(ActiveOrganization.find, caller.session.id))
        }
        Operation(
            "setActiveOrganization", .put, "/organizations/active",
            "Choose the organization that the session works in.",
            about: "Other sessions of the user keep theirs.", failures: [.organizationNotFound],
            guard: callers.signedIn
        ) { (input: V1.ActiveOrganizationChoice, caller, _) in
            let set = try await database.first(
                ActiveOrganization.set, caller.session.id, input.organizationId)
            guard set != nil else { throw Failure.organizationNotFound }
            return V1.ActiveOrganizationBody(
                try await database.first(ActiveOrganization.find, caller.session.id))
        }
        Operation(
            "clearActiveOrganization", .delete, "/organizations/active",
            "Let the session work in no organization.", guard: callers.signedIn
        ) { (_: NoInput, caller, _) in
            try await database.execute(ActiveOrganization.clear, caller.session.id)
            return NoContent()
        }
    }
}

extension V1 {
    struct ActiveOrganizationBody: Codable, OperationOutput {
        static let outcome = "The organization, or null."

        let organization: Nullable<OrganizationBody>

        init(_ own: OwnOrganization?) {
            organization = Nullable(own.map { OrganizationBody($0.organization, $0.role) })
        }
    }

    struct ActiveOrganizationChoice: Codable, Sendable {
        let organizationId: ID<Organization>
    }
}

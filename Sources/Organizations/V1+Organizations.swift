import API
import Coding
import Identity
import Surfaces
import Values

extension V1 {
    struct OrganizationBody: Codable, Sendable {
        let id: ID<Organization>
        let name: String
        let slug: String
        let role: OrganizationRole?
        let createdAt: Instant
        let updatedAt: Instant

        init(_ organization: Organization, _ role: OrganizationRole?) {
            id = organization.id
            name = organization.name
            slug = organization.slug
            self.role = role
            createdAt = organization.createdAt
            updatedAt = organization.updatedAt
        }
    }

    struct OneOrganizationBody: Codable, OperationOutput {
        static let outcome = "The organization."

        let organization: OrganizationBody

        init(_ own: OwnOrganization) {
            organization = OrganizationBody(own.organization, own.role)
        }

        /// As its own key sees it.
        init(_ found: Organization) {
            organization = OrganizationBody(found, nil)
        }
    }

    struct OrganizationsBody: Codable, OperationOutput {
        static let outcome = "A page of organizations."

        let organizations: [OrganizationBody]
        let nextCursor: ID<Organization>?

        init(_ list: [OwnOrganization], _ size: Int) {
            organizations = list.map { OrganizationBody($0.organization, $0.role) }
            nextCursor = list.count == size ? list.last?.organization.id : nil
        }
    }

    struct OrganizationPage: Codable, Sendable {
        let cursor: ID<Organization>?
        let limit: PageSize?
    }

    struct OrganizationDraft: Codable, Sendable {
        let name: Title
        let slug: Slug
    }

    struct OrganizationReference: Codable, Sendable {
        let id: ID<Organization>
    }

    struct OrganizationChange: Codable, Sendable {
        let id: ID<Organization>
        let name: Title?
        let slug: Slug?
    }
}

extension MemberWords {
    static let nextCursor: MemberWords =
        "Sent as `cursor`, it gives the next page; left out at the end."
    static let cursor: MemberWords = "The `nextCursor` of the page before."
    static let limit = MemberWords("How many at most; 50 if left out.", example: 50)
    static let slug: MemberWords =
        "Its name in addresses: lower-case letters, digits, single hyphens. There is one of each."
}

extension V1.OrganizationBody: Explained {
    static let words = [
        "name": MemberWords("What people read.", example: "Analytical Engines"),
        "slug": MemberWords("Its name in addresses.", example: "analytical-engines"),
        "role": "The caller's; left out for the organization's own API key.",
    ]
}

extension V1.OrganizationsBody: Explained {
    static let words = ["nextCursor": MemberWords.nextCursor]
}

extension V1.OrganizationPage: Explained {
    static let words = ["cursor": MemberWords.cursor, "limit": .limit]
}

extension V1.OrganizationDraft: Explained {
    static let words = [
        "name": MemberWords("What people read.", example: "Analytical Engines"), "slug": .slug,
    ]
}

extension V1.OrganizationChange: Explained {
    static let words = [
        "name": MemberWords("What people read.", example: "Analytical Engines"), "slug": .slug,
    ]
}

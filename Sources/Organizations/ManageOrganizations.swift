import API
import Identity
import SQL
import Values

// Making, changing and ending an organization.

extension Organizations {
    /// Its maker is its owner. Whoever makes several at once makes one after the other.
    package func create(
        name: String, slug: String, by doer: Doer
    ) async throws -> Organization {
        let (user, now) = (doer.user, doer.now)
        let organization = Organization(
            id: ID(at: now, from: identity.randomness), name: name, slug: slug, createdAt: now)
        let limit = settings.ownedMax
        try await refusingTakenSlugs {
            try await database.transaction { transaction in
                guard try await transaction.first(User.lock, user) != nil else {
                    throw Failure.unauthorized
                }
                let owned = try await transaction.first(Organization.countOwned, user)?.value ?? 0
                guard owned < limit else { throw Failure.tooManyOrganizations }
                try await transaction.execute(
                    Organization.insert, organization.id, name, slug, now)
                try await record(
                    .organizationCreated, organization.id, ["slug": .string(slug)], by: doer,
                    transaction)
                try await join(organization.id, as: .owner, by: doer, transaction)
            }
        }
        return organization
    }

    func update(
        _ id: ID<Organization>, name: String?, slug: String?, by doer: Doer
    ) async throws -> OwnOrganization {
        try await refusingTakenSlugs {
            try await change(id, by: doer, atLeast: .admin) { role, transaction in
                let updated = try await transaction.first(
                    Organization.update, id, name, slug, doer.now)
                guard let updated else { throw Failure.organizationNotFound }
                try await record(
                    .organizationUpdated, id, ["slug": .string(updated.slug)], by: doer,
                    transaction)
                return OwnOrganization(updated, role)
            }
        }
    }

    /// Its members, invitations and keys end with it.
    func delete(_ id: ID<Organization>, by doer: Doer) async throws {
        try await change(id, by: doer, atLeast: .owner) { _, transaction in
            _ = try await transaction.first(OrganizationEnd.delete, id)
            try await record(.organizationDeleted, id, by: doer, transaction)
        }
    }

    /// The same by whoever runs the server.
    package func delete(_ organization: Organization, at now: Instant) async throws {
        try await database.transaction { transaction in
            _ = try await transaction.first(OrganizationEnd.delete, organization.id)
            try await identity.audit.append(
                .organizationDeleted, about: nil, by: .operator,
                details: [
                    "organization": .string(organization.id.description),
                    "slug": .string(organization.slug),
                ], at: now, in: transaction)
        }
    }

    private func refusingTakenSlugs<Output>(
        _ body: () async throws -> Output
    ) async throws -> Output {
        do {
            return try await body()
        } catch let error as DatabaseError where error.code == Self.slugTaken {
            throw Failure.slugTaken.because(error)
        }
    }

    private static let slugTaken = DatabaseError.Code.uniqueViolation(
        constraint: "organizations_slug_key")
}

import API
import Identity
import SQL
import Values

// Making, changing and ending an organization.

extension Organizations {
    /// Its maker is its owner. Whoever makes several at once makes one after the other.
    package func create(
        name: String, slug: String, by user: ID<User>, at now: Instant
    ) async throws -> Organization {
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
                try await transaction.execute(
                    Member.insert, ID(at: now, from: identity.randomness), organization.id, user,
                    .owner, now)
            }
        }
        return organization
    }

    func update(
        _ id: ID<Organization>, name: String?, slug: String?, by user: ID<User>, at now: Instant
    ) async throws -> OwnOrganization {
        try await refusingTakenSlugs {
            try await change(id, by: user, atLeast: .admin) { role, transaction in
                let updated = try await transaction.first(
                    Organization.update, id, name, slug, now)
                guard let updated else { throw Failure.organizationNotFound }
                return OwnOrganization(updated, role)
            }
        }
    }

    /// Its members, invitations and keys end with it.
    func delete(_ id: ID<Organization>, by user: ID<User>) async throws {
        try await change(id, by: user, atLeast: .owner) { _, transaction in
            _ = try await transaction.first(Organization.delete, id)
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

import API
import Identity
import SQL
import Secrets
import Values

/// A key that has just been made or rotated, with the secret that is shown this once.
package struct ShownAPIKey: Sendable {
    let key: APIKey
    let secret: APIKeySecret
}

/// Makes keys, no more for each owner than the settings allow: whoever makes one waits for others who
/// make one for the same owner.
struct CreateAPIKey: Sendable {
    struct Draft: Sendable {
        var name: String
        var scopes: Scopes
        var expiresAt: Instant?
    }

    let keys: APIKeys

    /// For the user who asks.
    func callAsFunction(_ draft: Draft, by doer: Doer) async throws -> ShownAPIKey {
        try await keys.database.transaction { transaction in
            let made = try await insert(draft, forUser: doer.user, at: doer.now, transaction)
            try await keys.record(.apiKeyCreated, made.key, by: doer, transaction)
            return made
        }
    }

    /// For an organization whose owner or admin asks.
    func callAsFunction(
        _ draft: Draft, forOrganization organization: ID<Organization>, by doer: Doer
    ) async throws -> ShownAPIKey {
        try await keys.database.transaction { transaction in
            _ = try await Membership.require(.admin, of: doer.user, in: organization, transaction)
            let made = try await insert(
                draft, forOrganization: organization, at: doer.now, transaction)
            try await keys.record(.apiKeyCreated, made.key, by: doer, transaction)
            return made
        }
    }

    /// For anybody, by whoever runs the server.
    func callAsFunction(
        _ draft: Draft, for owner: APIKeyOffice.Owner, at now: Instant
    ) async throws -> ShownAPIKey {
        try await keys.database.transaction { transaction in
            let made =
                switch owner {
                case .user(let id): try await insert(draft, forUser: id, at: now, transaction)
                case .organization(let id):
                    try await insert(draft, forOrganization: id, at: now, transaction)
                }
            try await keys.record(.apiKeyCreated, made.key, at: now, transaction)
            return made
        }
    }

    private func insert(
        _ draft: Draft, forUser user: ID<User>, at now: Instant, _ transaction: any Transaction
    ) async throws -> ShownAPIKey {
        guard try await transaction.first(User.lock, user) != nil else {
            throw Failure.unauthorized
        }
        let count = try await transaction.first(APIKey.countOfUser, user)?.value ?? 0
        guard count < keys.settings.keysMax else { throw Failure.tooManyAPIKeys }
        return try await insert(draft, .user, user, nil, at: now, transaction)
    }

    private func insert(
        _ draft: Draft, forOrganization organization: ID<Organization>, at now: Instant,
        _ transaction: any Transaction
    ) async throws -> ShownAPIKey {
        guard try await transaction.first(Membership.lock, organization) != nil else {
            throw Failure.organizationNotFound
        }
        let found = try await transaction.first(APIKey.countOfOrganization, organization)
        guard found?.value ?? 0 < keys.settings.keysMax else { throw Failure.tooManyAPIKeys }
        return try await insert(draft, .organization, nil, organization, at: now, transaction)
    }

    private func insert(
        _ draft: Draft, _ kind: APIKeySecret.Kind, _ user: ID<User>?,
        _ organization: ID<Organization>?, at now: Instant, _ transaction: any Transaction
    ) async throws -> ShownAPIKey {
        let randomness = keys.identity.randomness
        let secret = APIKeySecret(kind, from: randomness)
        let key = try await transaction.first(
            APIKey.insert, ID(at: now, from: randomness), user, organization, draft.name,
            secret.start, draft.scopes, draft.expiresAt, now)
        guard let key else { throw Failure.unexpected }
        try await transaction.execute(APIKey.insertSecret, secret.hash, key.id, now)
        return ShownAPIKey(key: key, secret: secret)
    }
}

extension Failure {
    static let tooManyAPIKeys = Failure("tooManyAPIKeys")
    static let apiKeyNotFound = Failure("apiKeyNotFound")
}

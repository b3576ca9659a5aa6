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

    func callAsFunction(
        _ draft: Draft, forUser user: ID<User>, at now: Instant
    ) async throws -> ShownAPIKey {
        let limit = keys.settings.keysMax
        return try await keys.database.transaction { transaction in
            guard try await transaction.first(User.lock, user) != nil else {
                throw Failure.unauthorized
            }
            let count = try await transaction.first(APIKey.countOfUser, user)?.value ?? 0
            guard count < limit else { throw Failure.tooManyAPIKeys }
            return try await insert(draft, .user, user, nil, at: now, transaction)
        }
    }

    /// Nil as the maker is whoever runs the server.
    func callAsFunction(
        _ draft: Draft, forOrganization organization: ID<Organization>, by user: ID<User>?,
        at now: Instant
    ) async throws -> ShownAPIKey {
        let limit = keys.settings.keysMax
        return try await keys.database.transaction { transaction in
            if let user {
                _ = try await Membership.require(.admin, of: user, in: organization, transaction)
            } else if try await transaction.first(Membership.lock, organization) == nil {
                throw Failure.organizationNotFound
            }
            let count =
                try await transaction.first(APIKey.countOfOrganization, organization)?.value ?? 0
            guard count < limit else { throw Failure.tooManyAPIKeys }
            return try await insert(draft, .organization, nil, organization, at: now, transaction)
        }
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

import API
import Identity
import SQL
import Values

/// Gives a key a new secret. The old one is good for a while, so that what uses it can be changed one
/// after the other; or ends at once, when somebody has seen it who should not.
struct RotateAPIKey: Sendable {
    let keys: APIKeys

    func callAsFunction(
        _ id: ID<APIKey>, endsOldAtOnce: Bool, by doer: Doer
    ) async throws -> ShownAPIKey {
        let (user, now) = (doer.user, doer.now)
        let oldEndsAt = endsOldAtOnce ? now : now + keys.settings.rotationGrace.duration
        return try await keys.database.transaction { transaction in
            guard let key = try await transaction.first(APIKey.findManaged, id, user) else {
                throw Failure.apiKeyNotFound
            }
            let kind: APIKeySecret.Kind = key.userID == nil ? .organization : .user
            let secret = APIKeySecret(kind, from: keys.identity.randomness)
            let rotated = try await transaction.first(
                APIKey.replaceStart, id, user, secret.start, now)
            guard let rotated else { throw Failure.apiKeyNotFound }
            try await transaction.execute(APIKey.endSecrets, id, oldEndsAt)
            try await transaction.execute(APIKey.deleteEndedSecrets, id, now)
            try await transaction.execute(APIKey.insertSecret, secret.hash, id, now)
            try await keys.record(.apiKeyRotated, rotated, by: doer, transaction)
            return ShownAPIKey(key: rotated, secret: secret)
        }
    }
}

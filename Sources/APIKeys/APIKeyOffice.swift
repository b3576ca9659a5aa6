import Coding
import Identity
import SQL
import Surfaces
import Values

/// Keys as whoever runs the server makes and ends them, of any owner.
package struct APIKeyOffice: Sendable {
    /// Whose keys are meant.
    package enum Owner: Sendable {
        case user(ID<User>)
        case organization(ID<Organization>)
    }

    /// What a new key is to be.
    package struct Draft: Sendable {
        let name: Title
        let scopes: Scopes
        let days: Int?

        package init(name: Title, scopes: Scopes, days: Int?) {
            self.name = name
            self.scopes = scopes
            self.days = days
        }
    }

    /// A key as a list for operators shows it.
    package struct Line: Sendable {
        package let id: String
        package let start: String
        package let name: String
        package let scopes: String
        package let state: String
        package let json: JSON
    }

    package static let daysMax = KeyDays.largest

    let keys: APIKeys

    /// A key's name, checked as the API does.
    @Sendable package static func name(_ text: String) throws -> Title { try Title(text) }

    /// The new key's id, and its text for the only time.
    package func create(
        _ draft: Draft, for owner: Owner, at now: Instant
    ) async throws -> (id: String, key: String) {
        let made = CreateAPIKey.Draft(
            name: draft.name.text, scopes: draft.scopes,
            expiresAt: draft.days.map { now + .days(Int64($0)) })
        let shown = try await CreateAPIKey(keys: keys)(made, for: owner, at: now)
        return (shown.key.id.description, shown.secret.text.exposed)
    }

    package func list(of owner: Owner, at now: Instant) async throws -> [Line] {
        let found =
            switch owner {
            case .user(let id): try await keys.database.all(APIKey.operatorList, id, nil)
            case .organization(let id): try await keys.database.all(APIKey.operatorList, nil, id)
            }
        return found.map { Line($0, at: now) }
    }

    /// False where there is no such key.
    package func revoke(_ text: String, at now: Instant) async throws -> Bool {
        guard let id = ID<APIKey>(text) else { return false }
        return try await keys.database.transaction { transaction in
            guard let key = try await transaction.first(APIKey.operatorDelete, id) else {
                return false
            }
            try await keys.record(.apiKeyRevoked, key, at: now, transaction)
            return true
        }
    }
}

extension APIKeys {
    package var office: APIKeyOffice { APIKeyOffice(keys: self) }
}

extension APIKeyOffice.Line {
    fileprivate init(_ key: APIKey, at now: Instant) {
        id = key.id.description
        start = key.start
        name = key.name
        scopes = key.scopes.list.map(\.text).joined(separator: ",")
        let isOver = key.expiresAt.map { $0 <= now } ?? false
        state = !key.isEnabled ? "off" : isOver ? "expired" : "on"
        json = [
            "id": .string(id), "start": .string(start), "name": .string(name),
            "scopes": .list(key.scopes.list.map { .string($0.text) }), "state": .string(state),
            "expiresAt": key.expiresAt.map { .string($0.description) } ?? .null,
            "lastUsedAt": key.lastUsedAt.map { .string($0.description) } ?? .null,
        ]
    }
}

import API
import Coding
import Identity
import SQL
import Values

/// Who streams. A user becomes a creator by using the studio for the first time.
package struct Creators: Sendable {
    let identity: Identity
    /// What whoever is new is given.
    let firstTier: Studio.Tier

    private var database: any Database { identity.database }

    /// The user as a creator, with the address that he has now.
    package func require(_ user: User, at now: Instant) async throws -> Creator {
        let found = try await database.first(Creator.find, user.id)
        if let found, found.email == user.email { return found }
        return try await create(user, at: now)
    }

    /// Two who show one address at the same moment are the one who had it and the one who has it:
    /// whoever comes second here has it.
    private func create(_ user: User, at now: Instant, isLast: Bool = false) async throws -> Creator
    {
        do {
            let creator = try await database.transaction { [firstTier] transaction in
                try await transaction.execute(Creator.moveAside, user.email, user.id)
                return try await transaction.first(
                    Creator.insert, user.id, user.email, user.displayName, firstTier, now)
            }
            guard let creator else { throw Failure.unexpected }
            return creator
        } catch let error as DatabaseError {
            guard case .uniqueViolation = error.code, !isLast else { throw error }
            return try await create(user, at: now, isLast: true)
        }
    }

    package func find(_ email: EmailAddress) async throws -> Creator? {
        try await database.first(Creator.findByEmail, email)
    }

    /// Changes what is given; of the settings, the members that are given.
    func update(
        _ id: ID<User>, displayName: String?, settings: CreatorSettings?, at now: Instant
    ) async throws -> Creator {
        try await database.transaction { transaction in
            guard let creator = try await transaction.first(Creator.lock, id) else {
                throw Failure.unauthorized
            }
            let merged: CreatorSettings
            do throws(Invalid) {
                merged =
                    try settings.map { settings throws(Invalid) in
                        try creator.settings.merged(with: settings)
                    } ?? creator.settings
            } catch {
                throw InvalidInput(fields: [FieldError(path: "settings", problem: error)])
            }
            let changed = try await transaction.first(
                Creator.update, id, displayName ?? creator.displayName, merged, now)
            guard let changed else { throw Failure.unexpected }
            return changed
        }
    }

    /// What an operator decides, recorded.
    package func setTier(_ tier: Studio.Tier, of user: User, at now: Instant) async throws {
        let creator = try await require(user, at: now)
        try await database.transaction { transaction in
            try await transaction.execute(Creator.setTier, creator.id, tier, now)
            try await identity.audit.append(
                .tierChanged, about: user.id, by: .operator,
                details: [
                    "tier": .string(tier.rawValue), "before": .string(creator.tier.rawValue),
                ], at: now, in: transaction)
        }
    }
}

extension User {
    /// His name, or else what stands before the @ of his address.
    fileprivate var displayName: String {
        name ?? String(email.text.prefix { $0 != "@" })
    }
}

extension AuditEvent {
    static let tierChanged = AuditEvent("studio_tier_changed")
}

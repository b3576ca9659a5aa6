import API
import Coding
import SQL
import Values

extension Identity {
    /// What a user changes about himself; what is absent stays.
    package struct UserChanges: Sendable {
        package var name: String?
        package var image: Patch<String>
        /// Fields that settings add, checked.
        package var fields: JSONObject

        package init(name: String?, image: Patch<String>, fields: JSONObject = [:]) {
            self.name = name
            self.image = image
            self.fields = fields
        }

        package var isEmpty: Bool { name == nil && image == .absent && fields.isEmpty }
    }

    /// Changes a user, who shows so on all nodes when this returns.
    package func update(
        _ user: User, _ changes: UserChanges, at now: Instant
    ) async throws -> User {
        if changes.isEmpty { return user }
        let updated =
            userFields.isEmpty
            ? try await database.first(
                User.update, user.id, changes.name, changes.image != .absent,
                changes.image.value, now)
            : try await updateWithFields(user.id, changes, at: now)
        // Deleted since the guard looked.
        guard let updated else { throw Failure.unauthorized }
        try await sessions.refreshCaches(of: user.id)
        return updated
    }

    private func updateWithFields(
        _ user: ID<User>, _ changes: UserChanges, at now: Instant
    ) async throws -> User? {
        try await database.transaction { [self] transaction in
            try await set(changes.fields, of: user, in: transaction)
            let updated = try await transaction.first(
                User.update, user, changes.name, changes.image != .absent, changes.image.value,
                now)
            guard let updated else { return nil }
            return try await sessions.withFields(updated, in: transaction)
        }
    }

    /// Deletes a user: nothing that he holds works any more, his address and his accounts elsewhere
    /// may register again. The row stays for a while, for what refers to it (C23).
    ///
    /// Throws `lastOwner` where organizations that others are in would be left without an owner,
    /// unless they are to be handed over to one of these.
    @discardableResult
    package func delete(
        _ user: ID<User>, handingOver handsOver: Bool = false, by origin: AuditOrigin,
        at now: Instant
    ) async throws -> Int {
        let departure = Departure(
            user: user, handsOver: handsOver, origin: origin, now: now, audit: audit)
        let ended = try await database.transaction { [self] transaction in
            try await delete(departure, in: transaction)
        }
        await sessions.forget(ended)
        return ended.count
    }

    /// The same for whoever shows the mail that asked whether to. `user` is whose it must be.
    package func delete(
        _ proof: MailProof, of user: ID<User>? = nil, _ call: Call
    ) async throws {
        let origin = AuditOrigin(call, user.map(AuditActor.user) ?? .anonymous)
        let ended = try await consume(proof, .deleteUser, call) {
            [self] verification, transaction in
            guard user == nil || user == verification.user else { throw Failure.invalidToken }
            let departure = Departure(
                user: verification.user, handsOver: false, origin: origin, now: call.now,
                audit: audit)
            return try await delete(departure, in: transaction)
        }
        await sessions.forget(ended)
    }

    private func delete(
        _ departure: Departure, in transaction: any Transaction
    ) async throws -> [Single<ID<Session>>] {
        let (user, now) = (departure.user, departure.now)
        try await departure.lock(transaction)
        guard try await transaction.first(User.markDeleted, user, now) != nil else {
            throw Failure.unauthorized
        }
        let left = try await departure.leave(transaction)
        try await transaction.execute(User.deleteAccounts, user)
        try await verifications.consumeAll(of: user, at: now, in: transaction)
        let ended = try await transaction.all(Session.deleteAll, user)
        try await audit.append(
            .userDeleted, about: user, by: departure.origin,
            details: [
                "endedSessions": .integer(Int64(ended.count)),
                "leftOrganizations": .list(left.map { .string($0.description) }),
            ], at: now, in: transaction)
        return ended
    }

    /// Who was deleted before it is forgotten at `now`.
    package func purgeEnd(at now: Instant) -> Instant {
        now - min(settings.deleteUser.keptFor.duration, AuditSettings.longest)
    }

    /// Forgets deleted users, a thousand rows at a time, and all that is theirs.
    ///
    /// One whose rows are referred to by rows of others, which do not go with them, is kept until
    /// those are gone. He keeps nobody else.
    func purgeUsers(at now: Instant, _ farewell: Farewell?) async throws {
        let before = purgeEnd(at: now)
        if let farewell {
            try await forEachPurgeable(deletedBefore: before) { try await farewell($0, now) }
        }
        do {
            while try await database.all(User.purge, before).count == 1000 {}
        } catch {
            guard error.code == .foreignKey else { throw error }
            try await forEachPurgeable(deletedBefore: before) {
                try await purge($0, deletedBefore: before)
            }
        }
    }

    private func forEachPurgeable(
        deletedBefore before: Instant, _ body: (ID<User>) async throws -> Void
    ) async throws {
        var last = ID<User>(high: 0, low: 0)
        while true {
            let page = try await database.all(User.purgeable, before, last).map(\.value)
            for id in page { try await body(id) }
            guard page.count == 1000, let end = page.last else { return }
            last = end
        }
    }

    private func purge(_ id: ID<User>, deletedBefore before: Instant) async throws {
        do {
            try await database.execute(User.purgeOne, id, before)
        } catch {
            if error.code != .foreignKey { throw error }
        }
    }
}

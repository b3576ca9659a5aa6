import API
import Coding
import HTTP
import Identity
import SQL
import Surfaces
import Values

extension Icons {
    /// To whoever does not have it, it is not there.
    func find(_ id: ID<Icon>, of user: ID<User>) async throws -> Icon {
        guard let icon = try await database.first(Icon.find, id, user) else {
            throw Failure.notFound
        }
        return icon
    }

    func list(_ page: Page, of user: ID<User>) async throws -> ListBody {
        let pattern = page.search?.pattern ?? "%"
        let (limit, offset) = (page.limit?.value ?? Page.standard, page.offset?.value ?? 0)
        let icons = try await database.all(Icon.list, user, pattern, limit, offset)
        let total = try await database.first(Icon.count, user, pattern)?.value ?? 0
        return ListBody(
            data: icons.map(IconBody.init), total: total, limit: limit, offset: offset)
    }

    /// Changes what is given. A change to what is there already is none.
    func update(_ change: Change, of user: ID<User>, _ call: Call) async throws -> Icon {
        try await database.transaction { transaction in
            let icon = try await Self.meant(change.id, of: user, call, transaction)
            let prompt = change.prompt?.text ?? icon.prompt
            let chosen = change.chosen ?? icon.chosen
            guard icon.variant(chosen) != nil else {
                throw InvalidInput(fields: [
                    FieldError(path: "chosen", problem: .rule("reference.missing"))
                ])
            }
            if prompt == icon.prompt, chosen == icon.chosen { return icon }
            let changed = try await transaction.first(
                Icon.update, icon.id, user, prompt, SearchWords.folded(prompt), chosen, call.now)
            guard let changed else { throw Failure.notFound }
            return changed
        }
    }

    func delete(_ id: ID<Icon>, of user: ID<User>, _ call: Call) async throws {
        try await database.transaction { transaction in
            let icon = try await Self.meant(id, of: user, call, transaction)
            try await transaction.execute(Icon.delete, icon.id, user, call.now)
        }
    }

    /// One that is there already is answered as it is: the same request twice does no harm.
    func restore(_ id: ID<Icon>, of user: ID<User>, _ call: Call) async throws -> Icon {
        if let icon = try await database.first(Icon.restore, id, user, call.now) { return icon }
        return try await find(id, of: user)
    }

    func clear(of user: ID<User>, _ call: Call) async throws -> ClearedBody {
        let deleted = try await database.all(Icon.deleteAll, user, call.now)
        return ClearedBody(deleted: deleted.count, deletedAt: call.now)
    }

    /// Texts tell moments to the millisecond: all that was deleted within it comes back.
    func restore(
        _ input: ClearedMoment, of user: ID<User>, _ call: Call
    ) async throws -> RestoredBody {
        let end = input.deletedAt + .milliseconds(1)
        let restored = try await database.all(
            Icon.restoreAll, user, input.deletedAt, end, call.now)
        return RestoredBody(restored: restored.count)
    }

    /// The icon in the state that the request means, and nobody else changes it meanwhile.
    private static func meant(
        _ id: ID<Icon>, of user: ID<User>, _ call: Call, _ transaction: any Transaction
    ) async throws -> Icon {
        guard let icon = try await transaction.first(Icon.lock, id, user) else {
            throw Failure.notFound
        }
        guard Conditions(of: call.request).means(IconTag.of(icon)) else {
            throw Failure.iconHasChanged
        }
        return icon
    }
}

import Coding
import SQL
import Values

extension UserAccounts {
    /// What the settings add to users.
    package var fields: FieldSet { identity.userFields }

    /// All fields of a user, also those that clients do not see.
    package func fields(of user: ID<User>) async throws -> JSONObject {
        let stored = try await identity.database.first(UserFields.find, user)?.value
        let values = stored.flatMap { try? JSON(parsing: Array($0.text.utf8)) }?.asObject ?? [:]
        return JSONObject(
            fields.declarations.map { field in
                (field.name.text, values[field.name.text] ?? field.default ?? .null)
            })
    }

    /// Sets a field, whether clients may or not. All nodes show it when this returns. What the value
    /// was and is stays out of the audit log: it is the user's.
    package func set(
        _ field: FieldDeclaration, to value: JSON, of user: ID<User>
    ) async throws {
        try await identity.database.transaction { transaction in
            try await identity.set([field.name.text: value], of: user, in: transaction)
            try await identity.audit.append(
                .userFieldChanged, about: user, by: .operator,
                details: ["field": .string(field.name.text)], at: clock.now, in: transaction)
        }
        try await identity.sessions.refreshCaches(of: user)
    }
}

extension AuditEvent {
    /// An operator set a field that settings add to users.
    package static let userFieldChanged = AuditEvent("user_field_changed")
}

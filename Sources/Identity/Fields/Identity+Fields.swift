import Coding
import SQL
import Values

extension Identity {
    /// The fields that the settings add to users.
    package var userFields: FieldSet { sessions.userFields }
    /// The fields that the settings add to sessions.
    package var sessionFields: FieldSet { sessions.fields }

    /// The user with his fields, whoever found him without. Asks the database only where there are
    /// some; callers on hot paths look at `userFields` first.
    package func withFields(_ user: User) async throws(DatabaseError) -> User {
        guard !userFields.isEmpty, user.fields == nil else { return user }
        var user = user
        let stored = try await database.first(UserFields.find, user.id)?.value
        user.fields = stored.flatMap { userFields.shown($0) }
        return user
    }

    /// Writes fields of a user; the names are those of declarations.
    package func set(
        _ fields: JSONObject, of user: ID<User>, in transaction: any Transaction
    ) async throws(DatabaseError) {
        for field in fields.members {
            try await transaction.execute(
                UserFields.set, user, field.name, JSONText(field.value.description))
        }
    }
}

import API
import Coding
import Identity
import Surfaces
import Values

// S0-10; the open point "S0/S1 API-key use".

extension APIKeys {
    func v1(_ callers: Callers) -> SurfacePart {
        SurfacePart(
            V1.name, failures: Callers.keyRows + Self.rows
        ) {
            Operation(
                "listAPIKeys", .get, "/api-keys", "The caller's API keys, or an organization's.",
                about: "An organization's are shown to its owners and admins.",
                failures: [.forbidden, .organizationNotFound], guard: callers.signedIn
            ) { (input: V1.APIKeyOwner, caller, _) in
                V1.APIKeysBody(try await list(input.organizationId, for: caller.user.id))
            }
            Operation(
                "createAPIKey", .post, "/api-keys", "Make an API key.",
                about: Self.aboutCreating,
                failures: [.forbidden, .organizationNotFound, .tooManyAPIKeys],
                guard: callers.signedIn
            ) { (input: V1.APIKeyDraft, caller, call) in
                Created(V1.ShownAPIKeyBody(try await create(input, caller, call)))
            }
            Operation(
                "readAPIKey", .get, "/api-keys/:id", "One API key.", failures: [.apiKeyNotFound],
                guard: callers.signedIn
            ) { (input: V1.APIKeyReference, caller, _) in
                let key = try await database.first(APIKey.findManaged, input.id, caller.user.id)
                return V1.OneAPIKeyBody(try Self.found(key))
            }
            Operation(
                "updateAPIKey", .patch, "/api-keys/:id", "Rename, narrow or switch off an API key.",
                about: "What is left out stays as it is.", failures: [.apiKeyNotFound],
                guard: callers.signedIn
            ) { (input: V1.APIKeyChange, caller, call) in
                V1.OneAPIKeyBody(try await update(input, by: Doer(caller, call)))
            }
            Operation(
                "rotateAPIKey", .post, "/api-keys/:id/rotate", "Give an API key a new secret.",
                about: """
                    The new key is shown this once. The old one is good for the time of the setting \
                    `auth.apiKeys.rotationGrace`, or ends at once with `endsOldAtOnce`.
                    """, failures: [.apiKeyNotFound], guard: callers.signedIn
            ) { (input: V1.APIKeyRotation, caller, call) in
                V1.ShownAPIKeyBody(
                    try await RotateAPIKey(keys: self)(
                        input.id, endsOldAtOnce: input.endsOldAtOnce ?? false,
                        by: Doer(caller, call)))
            }
            Operation(
                "deleteAPIKey", .delete, "/api-keys/:id", "End an API key.",
                about: "It is refused from the next request on.", failures: [.apiKeyNotFound],
                guard: callers.signedIn
            ) { (input: V1.APIKeyReference, caller, call) in
                try await delete(input.id, by: Doer(caller, call))
                return NoContent()
            }
        }
    }

    private static let aboutCreating = """
        The key itself is in this answer and nowhere else. It is sent as `x-api-key` and opens the \
        operations that name one of its scopes, for its user, or with `organizationId` for an \
        organization whose owner or admin the caller is.
        """

    private static func found(_ key: APIKey?) throws -> APIKey {
        guard let key else { throw Failure.apiKeyNotFound }
        return key
    }

    /// The statement has the rule; what it leaves out is only then told apart.
    private func list(
        _ organization: ID<Organization>?, for user: ID<User>
    ) async throws -> [APIKey] {
        guard let organization else { return try await database.all(APIKey.listOfUser, user) }
        let keys = try await database.all(APIKey.listOfOrganization, organization, user)
        if keys.isEmpty {
            try await Membership.require(.admin, of: user, in: organization, on: database)
        }
        return keys
    }

    private func create(
        _ input: V1.APIKeyDraft, _ caller: Caller, _ call: Call
    ) async throws -> ShownAPIKey {
        let draft = CreateAPIKey.Draft(
            name: input.name.text, scopes: input.scopes,
            expiresAt: input.expiresInDays.map { call.now + .days(Int64($0.value)) })
        let create = CreateAPIKey(keys: self)
        let doer = Doer(caller, call)
        guard let organization = input.organizationId else {
            return try await create(draft, by: doer)
        }
        return try await create(draft, forOrganization: organization, by: doer)
    }

    private func update(_ input: V1.APIKeyChange, by doer: Doer) async throws -> APIKey {
        try await database.transaction { transaction in
            let key = try Self.found(
                try await transaction.first(
                    APIKey.update, input.id, doer.user, input.name?.text, input.scopes,
                    input.isEnabled, doer.now))
            try await record(.apiKeyUpdated, key, by: doer, transaction)
            return key
        }
    }

    private func delete(_ id: ID<APIKey>, by doer: Doer) async throws {
        try await database.transaction { transaction in
            let key = try Self.found(
                try await transaction.first(APIKey.delete, id, doer.user))
            try await record(.apiKeyRevoked, key, by: doer, transaction)
        }
    }

    private static let rows = [
        FailureRow(.apiKeyNotFound, .notFound, "API_KEY_NOT_FOUND", "There is no such API key"),
        FailureRow(
            .tooManyAPIKeys, .conflict, "TOO_MANY_API_KEYS",
            "There are as many API keys as are allowed; delete one first"),
        V1.organizationNotFound,
    ]
}

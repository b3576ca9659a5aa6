import API
import Coding
import Identity
import Surfaces

extension Account {
    func updateSession(_ surface: Compat) -> [Route] {
        var options = RouteOptions()
        options.extras = identity.sessionFields.flat(.update)
        let operation = Operation(
            "updateSession", .post, "/update-session", "Change fields of the session.",
            about: """
                Those that the setting `auth.session.fields` declares. Members that there are not are \
                passed over; where nothing is left, this refuses the body.
                """,
            failures: [.nothingToUpdate] + identity.sessionFields.failures, options: options,
            guard: surface.signedIn(identity)
        ) { (_: NoInput, caller, call) in
            try await update(surface, caller, call)
        }
        return [operation.route]
    }

    private func update(
        _ surface: Compat, _ caller: Caller, _ call: Call
    ) async throws -> WithCookies<Compat.SessionUpdatedBody> {
        let changes = call.extraMembers
        guard !changes.isEmpty, let token = caller.token else { throw Failure.nothingToUpdate }
        let session = try await identity.sessions.update(caller.session, changes, at: call.now)
        return WithCookies(
            Compat.SessionUpdatedBody(
                session: Compat.SessionBody(session, token: token.text.exposed)),
            surface.cookies.renew(
                ActiveSession(session: session, user: caller.user), token, at: call.now))
    }
}

extension Compat {
    struct SessionUpdatedBody: Codable, OperationOutput {
        static let outcome = "The session."

        let session: SessionBody
    }
}

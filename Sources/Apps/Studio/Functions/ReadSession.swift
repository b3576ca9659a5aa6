import API

extension Studio {
    /// S4-9.
    var readSession: Function<SessionReference, SessionBody> {
        Function(
            name: "readSession", summary: "A session's status, with its metrics.",
            scope: .studioRead, failures: [.sessionNotFound]
        ) { input, creator, occasion in
            let found = try await database.first(StreamSession.find, input.sessionId)
            guard let found, found.creator == creator.id else { throw Failure.sessionNotFound }
            return body(found, at: occasion.now)
        }
    }
}

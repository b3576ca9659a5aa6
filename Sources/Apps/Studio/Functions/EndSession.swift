extension Studio {
    /// S4-8.
    var endSession: Function<SessionReference, SessionBody> {
        Function(
            name: "endSession", summary: "End a session.",
            about: "Its overlay hears nothing any more. One that has ended already stays so.",
            scope: .studioWrite, failures: [.sessionNotFound]
        ) { input, creator, occasion in
            try await move(input.sessionId, of: creator, to: .ended, at: occasion.now)
        }
    }
}

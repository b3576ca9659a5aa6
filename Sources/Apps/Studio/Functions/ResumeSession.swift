extension Studio {
    var resumeSession: Function<SessionReference, SessionBody> {
        Function(
            name: "resumeSession", summary: "Let a paused session go on.",
            about: "One that is active already stays so.", scope: .studioWrite,
            failures: [.sessionNotFound, .sessionEnded]
        ) { input, creator, occasion in
            try await move(input.sessionId, of: creator, to: .active, at: occasion.now)
        }
    }
}

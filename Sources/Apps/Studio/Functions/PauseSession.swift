extension Studio {
    var pauseSession: Function<SessionReference, SessionBody> {
        Function(
            name: "pauseSession", summary: "Pause a session.",
            about: "No effects are shown until it goes on. One that is paused already stays so.",
            scope: .studioWrite, failures: [.sessionNotFound, .sessionEnded]
        ) { input, creator, occasion in
            try await move(input.sessionId, of: creator, to: .paused, at: occasion.now)
        }
    }
}

import API
import Coding
import Identity
import Realtime
import SQL
import Surfaces
import Values

extension Studio {
    struct StartInput: Codable, Sendable, Explained {
        let platform: Platform
        let brandKitId: ID<BrandKit>?

        static let words: [String: MemberWords] = [
            "platform": "Where it is to be seen: `twitch`, `youtube`, `kick`, or any other.",
            "brandKitId": "How it looks, and which effects fit it.",
        ]
    }

    /// S4-7.
    var startSession: Function<StartInput, Created<SessionBody>> {
        Function(
            name: "startSession", summary: "Start a session.",
            about: "There is one at a time: an active or paused one has to be ended first.",
            scope: .studioWrite, failures: [.sessionRunning]
        ) { input, creator, occasion in
            let session = try await start(input, by: creator, at: occasion.now)
            await tell(Topic(creator.id))
            return Created(body(session, at: occasion.now))
        }
    }

    private func start(
        _ input: StartInput, by creator: Creator, at now: Instant
    ) async throws -> StreamSession {
        let id = ID<StreamSession>(at: now, from: identity.randomness)
        return try await database.transaction { transaction in
            if let kit = input.brandKitId,
                try await transaction.first(BrandKit.find, kit, creator.id) == nil
            {
                throw InvalidInput(fields: [
                    FieldError(path: "brandKitId", problem: .rule("reference.missing"))
                ])
            }
            let session = try await transaction.first(
                StreamSession.insert, id, creator.id, input.platform.text, input.brandKitId, now,
                StreamMetrics())
            if let session {
                try await append(
                    .session(session), to: Topic(creator.id), at: now, in: transaction)
                return session
            }
            let running = try await transaction.first(StreamSession.running, creator.id)
            throw Failure.sessionRunning.about(running.map { [$0.id.description] } ?? [])
        }
    }
}

/// Where a stream is to be seen, in the creator's words.
struct Platform: LineValue, Sendable {
    static let lengths = 1...40

    let text: String

    init(known text: String) { self.text = text }

    static var example: Platform { Platform(known: "twitch") }
}

import API
import Coding
import Identity
import Realtime
import SQL
import Values

extension Studio {
    /// What the overlay of all of a creator's sessions shows instead of signing in.
    struct LastingOverlayInput: Codable, Sendable {
        let creatorId: ID<User>
        let key: TopicKey
    }

    /// Which stream such an overlay has to show: null while none is under way. It greets that one by the
    /// same key.
    var findStream: TopicMessage {
        TopicMessage("overlay.current") { call in
            let input: LastingOverlayInput = try call.input()
            guard try await opens(input.key.text, input.creatorId) else {
                throw Failure.topicNotFound
            }
            let session = try await database.first(StreamSession.running, input.creatorId)
            return ["session": try session.map { try JSON(encoding: CourseBody($0)) } ?? .null]
        }
    }
}

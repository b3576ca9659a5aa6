import API
import Coding
import Realtime
import SQL
import Values

extension Studio {
    /// What an overlay shows instead of signing in.
    struct OverlayInput: Codable, Sendable {
        let sessionId: ID<StreamSession>
        let key: TopicKey
    }

    /// What an overlay has to know before the first event: how the stream stands, and how it looks.
    var greetOverlay: TopicMessage {
        TopicMessage("overlay.hello") { call in
            let input: OverlayInput = try call.input()
            let session = try await stream(input.sessionId, openedBy: input.key.text)
            var kit = JSON.null
            if let id = session.brandKit,
                let found = try await database.first(BrandKit.find, id, session.creator)
            {
                kit = try JSON(encoding: BrandKitBody(found))
            }
            return [
                "session": try JSON(encoding: CourseBody(session)),
                "brandKit": kit,
            ]
        }
    }
}

import API
import Realtime
import SQL
import Values

extension Studio {
    var renewOverlay: Function<NoInput, CreatorBody> {
        Function(
            name: "renewOverlay", summary: "Make the lasting overlay link anew.",
            about: "Overlays that were opened by the one before are blank at once.",
            scope: .studioWrite
        ) { _, creator, occasion in
            let renewed = try await database.first(
                Creator.renewOverlay, creator.id, occasion.now)
            guard let renewed else { throw Failure.unauthorized }
            await sendOverlaysAway(of: renewed)
            return try await body(renewed)
        }
    }

    /// Those that came by a link that is none any more. Who comes later is asked for the new one: a
    /// session that begins after this was read needs no more.
    private func sendOverlaysAway(of creator: Creator) async {
        if let topic = Topic(creator.id) { await topics.review(topic) }
        let running = try? await database.first(StreamSession.running, creator.id)
        if let id = running?.id, let topic = Topic(id) { await topics.review(topic) }
    }
}

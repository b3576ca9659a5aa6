import API
import Coding
import Identity
import Realtime
import SQL
import Values

extension Studio {
    struct BeatInput: Codable, Sendable {
        let sessionId: ID<StreamSession>
        let key: TopicKey
        /// Effects since it was loaded.
        let shown: Bounded<ShownBounds>
        let framesPerSecond: FrameRate
    }

    /// No overlay shows as many.
    enum ShownBounds: Bounds { static let range = 0...1_000_000_000 }

    /// More of them are not written.
    private static let beatPause: Duration = .seconds(5)

    /// An overlay says that it is still there. Its creator's pages are told when one has come.
    var beatOverlay: TopicMessage {
        TopicMessage("overlay.beat") { call in
            let input: BeatInput = try call.input()
            let session = try await stream(input.sessionId, openedBy: input.key.text)
            let state = OverlayState(
                seenAt: call.now, shown: input.shown.value,
                framesPerSecond: input.framesPerSecond.value)
            let isNew = !(session.overlay?.isConnected(at: call.now) ?? false)
            let isTold = try await database.transaction { transaction in
                let written = try await transaction.first(
                    StreamSession.beat, session.id, state.seenAt, state.shown,
                    state.framesPerSecond, call.now - Self.beatPause)
                guard isNew, written != nil else { return false }
                try await append(
                    .overlay(state, at: call.now), to: session.id, at: call.now, in: transaction)
                return true
            }
            if isTold { await tell(session.id) }
            return [:]
        }
    }
}

/// Pictures in a second.
typealias FrameRate = BoundedNumber<FrameRateBounds>

enum FrameRateBounds: NumberBounds {
    static let range = 0.0...1000
    static let example = 60.0
}

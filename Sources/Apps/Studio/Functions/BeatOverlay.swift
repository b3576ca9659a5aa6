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
struct FrameRate: SchemaValue, Sendable {
    let value: Double

    private static let range = 0.0...1000

    init(_ value: Double) throws(Invalid) {
        guard value >= Self.range.lowerBound else { throw .tooSmall(min: Self.range.lowerBound) }
        guard value <= Self.range.upperBound else { throw .tooBig(max: Self.range.upperBound) }
        self.value = value
    }

    private init(known value: Double) { self.value = value }

    init(from decoder: any Decoder) throws { try self.init(Double(from: decoder)) }

    func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }

    static var schema: Schema { .number(in: range) }
    static var example: FrameRate { FrameRate(known: 60) }
}

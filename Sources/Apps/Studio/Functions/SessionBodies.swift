import API
import Coding
import Identity
import Surfaces
import Values

extension Studio {
    /// A stream as its creator sees it (S4-17).
    struct SessionBody: Codable, Sendable, OperationOutput, Explained {
        static let outcome = "The session."

        let id: ID<StreamSession>
        let platform: String
        let status: Status
        let brandKitId: Nullable<ID<BrandKit>>
        let startTime: Instant
        let endTime: Nullable<Instant>
        let metrics: MetricsBody
        let overlayURL: String

        init(_ session: StreamSession, at now: Instant, overlayURL: String) {
            id = session.id
            platform = session.platform
            status = session.status
            brandKitId = Nullable(session.brandKit)
            startTime = session.startedAt
            endTime = Nullable(session.endedAt)
            metrics = MetricsBody(session, at: now)
            self.overlayURL = overlayURL
        }

        static let words: [String: MemberWords] = [
            "platform": MemberWords("Where it is to be seen.", example: "twitch"),
            "overlayURL": MemberWords(
                "The page for streaming software. Whoever has it sees the effects of this session, until "
                    + "it has ended.",
                example:
                    "https://example.com/studio/overlay/0199c82c-c000-7000-8000-000000000001#key=…"
            ),
        ]
    }

    /// What changes of a stream in its course: what its pages are told.
    struct CourseBody: Codable, Sendable {
        let id: ID<StreamSession>
        let status: Status
        let startTime: Instant
        let endTime: Nullable<Instant>

        init(_ session: StreamSession) {
            (id, status, startTime) = (session.id, session.status, session.startedAt)
            endTime = Nullable(session.endedAt)
        }
    }

    /// What is counted of a stream.
    struct MetricsBody: Codable, Sendable, Explained {
        let activations: Int
        let refused: Int
        let byCategory: CategoryCounts
        let activeSeconds: Int
        let pausedSeconds: Int
        let lastTriggeredAt: Nullable<Instant>
        let overlay: OverlayBody

        init(_ session: StreamSession, at now: Instant) {
            activations = session.metrics.activations
            refused = session.metrics.refused
            byCategory = CategoryCounts(session.metrics)
            activeSeconds = Int(session.activeTime(at: now).wholeSeconds)
            pausedSeconds = Int(session.pausedTime(at: now).wholeSeconds)
            lastTriggeredAt = Nullable(session.metrics.lastTriggeredAt)
            overlay = OverlayBody(session.overlay, at: session.endedAt ?? now)
        }

        static let words: [String: MemberWords] = [
            "activations": MemberWords("Effects that were shown.", example: 3),
            "refused": MemberWords("Effects that the brand kit did not allow.", example: 1),
            "activeSeconds": MemberWords("Without pauses.", example: 3600),
            "pausedSeconds": MemberWords("All pauses together.", example: 60),
        ]
    }

    /// Activations by what the effects are for.
    struct CategoryCounts: Codable, Sendable {
        let celebration: Int
        let focus: Int
        let text: Int
        let ambient: Int
        let transition: Int

        init(_ metrics: StreamMetrics) {
            celebration = metrics.count(of: .celebration)
            focus = metrics.count(of: .focus)
            text = metrics.count(of: .text)
            ambient = metrics.count(of: .ambient)
            transition = metrics.count(of: .transition)
        }
    }

    /// The page that shows the effects, as far as it is heard of.
    struct OverlayBody: Codable, Sendable, Explained {
        let connected: Bool
        let lastSeenAt: Nullable<Instant>
        let shown: Int
        let framesPerSecond: Double

        init(_ state: OverlayState?, at now: Instant) {
            connected = state?.isConnected(at: now) ?? false
            lastSeenAt = Nullable(state?.seenAt)
            shown = state?.shown ?? 0
            framesPerSecond = state?.framesPerSecond ?? 0
        }

        static let words: [String: MemberWords] = [
            "connected": MemberWords("Whether it was heard of within 25 seconds.", example: true),
            "shown": MemberWords("Effects since it was loaded.", example: 3),
            "framesPerSecond": MemberWords("How smoothly it draws.", example: 60),
        ]
    }

    struct SessionsBody: Codable, Sendable, OperationOutput, Explained {
        static let outcome = "The sessions, newest first."

        let data: [SessionBody]
        let total: Int
        let limit: Int
        let offset: Int

        static let words = listWords
    }

    /// Which stream is meant.
    struct SessionReference: Codable, Sendable {
        let sessionId: ID<StreamSession>
    }

    func body(_ session: StreamSession, at now: Instant) -> SessionBody {
        let key = overlayKeys.key(of: session.id)
        return SessionBody(
            session, at: now, overlayURL: "\(baseURL)/studio/overlay/\(session.id)#key=\(key)")
    }
}

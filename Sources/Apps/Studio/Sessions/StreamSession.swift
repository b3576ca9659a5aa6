import API
import Coding
import Identity
import SQL
import Values

extension Studio {
    /// Whether effects are shown on a stream.
    enum Status: String, Codable, CaseIterable, Sendable, SQLValue {
        case active, paused, ended
    }
}

/// One stream of a creator's, from its start to its end. A row in `stream_sessions` (S4-17).
struct StreamSession: Sendable, RowDecodable {
    let id: ID<StreamSession>
    let creator: ID<User>
    /// Where it is to be seen, in the creator's words.
    let platform: String
    var status: Studio.Status
    /// Nil also where the kit is gone.
    let brandKit: ID<BrandKit>?
    let startedAt: Instant
    var endedAt: Instant?
    /// While it is paused.
    var pausedAt: Instant?
    var metrics: StreamMetrics
    /// What its overlay said last, if there ever was one.
    let overlay: OverlayState?

    init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        creator = try row.next()
        platform = try row.next()
        status = try row.next()
        brandKit = try row.next()
        startedAt = try row.next()
        endedAt = try row.next()
        pausedAt = try row.next()
        metrics = try row.next()
        let seenAt = try row.next(Instant?.self)
        let (shown, frames) = (try row.next(Int.self), try row.next(Double.self))
        overlay = seenAt.map { OverlayState(seenAt: $0, shown: shown, framesPerSecond: frames) }
    }

    // MARK: Its course

    /// Moves it on. False where it is so already: the same wish twice does no harm.
    mutating func move(to next: Studio.Status, at now: Instant) throws -> Bool {
        if status == next { return false }
        if status == .ended { throw Failure.sessionEnded }
        if let pausedAt {
            metrics.pausedMicroseconds += max(0, (now - pausedAt).microseconds)
        }
        pausedAt = next == .paused ? now : nil
        endedAt = next == .ended ? now : nil
        status = next
        return true
    }

    /// Throws where no effects are shown.
    func requireActive() throws {
        switch status {
        case .active: break
        case .paused: throw Failure.sessionPaused
        case .ended: throw Failure.sessionEnded
        }
    }

    func pausedTime(at now: Instant) -> Duration {
        let current = pausedAt.map { max(.zero, now - $0) } ?? .zero
        return .microseconds(metrics.pausedMicroseconds) + current
    }

    func activeTime(at now: Instant) -> Duration {
        max(.zero, (endedAt ?? now) - startedAt - pausedTime(at: now))
    }
}

/// What the page that shows a stream's effects said of itself.
struct OverlayState: Hashable, Sendable {
    let seenAt: Instant
    /// Effects that it has shown since it was loaded.
    let shown: Int
    let framesPerSecond: Double

    /// It speaks every ten seconds: who was silent for two turns and a half is gone.
    static let silenceMax: Duration = .seconds(25)

    func isConnected(at now: Instant) -> Bool { now - seenAt <= Self.silenceMax }
}

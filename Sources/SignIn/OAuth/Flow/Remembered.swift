import Loop
import Synchronization
import Values

/// Something that is fetched from elsewhere and kept for a while: however many want it at once, it is
/// fetched once.
///
/// What cannot be fetched anew stays good for a day, so that nobody is kept out because a provider's
/// document is not there for an hour.
final class Remembered<Value: Sendable>: Sendable {
    private struct State {
        var value: Value?
        var fetchedAt = Instant.distantPast
        var triedAt = Instant.distantPast
        var running: Task<Value, any Error>?
    }

    private let keptFor: Duration
    private let state = Mutex(State())

    init(keptFor: Duration) { self.keptFor = keptFor }

    private static var staleFor: Duration { .hours(24) }

    /// The value, fetched where it is not there or too old.
    func value(
        at now: Instant, _ fetch: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let kept = state.withLock {
            $0.value != nil && now - $0.fetchedAt < keptFor ? $0.value : nil
        }
        if let kept { return kept }
        do {
            return try await fetchOnce(at: now, fetch)
        } catch {
            let old = state.withLock { state in
                now - state.fetchedAt < Self.staleFor ? state.value : nil
            }
            guard let old else { throw error }
            return old
        }
    }

    /// Fetches anew because the value lacks something, unless that was done, or tried, within
    /// `pause`: then nil. Nobody can have a provider asked again and again by naming what it has not.
    func renewed(
        at now: Instant, pause: Duration, _ fetch: @escaping @Sendable () async throws -> Value
    ) async throws -> Value? {
        let isDue = state.withLock { $0.running != nil || now - $0.triedAt >= pause }
        return isDue ? try await fetchOnce(at: now, fetch) : nil
    }

    private func fetchOnce(
        at now: Instant, _ fetch: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let task = state.withLock { state in
            if let running = state.running { return running }
            state.triedAt = now
            let task = Self.spawn { [self] in try await run(at: now, fetch) }
            state.running = task
            return task
        }
        return try await task.value
    }

    private func run(
        at now: Instant, _ fetch: @Sendable () async throws -> Value
    ) async throws -> Value {
        do {
            let value = try await fetch()
            state.withLock { state in
                (state.value, state.fetchedAt, state.running) = (value, now, nil)
            }
            return value
        } catch {
            state.withLock { $0.running = nil }
            throw error
        }
    }

    /// Nobody's child: others wait for it even if the first has left.
    private static func spawn(
        _ body: @escaping @Sendable () async throws -> Value
    ) -> Task<Value, any Error> {
        EventLoop.current?.spawn(throwing: body) ?? Task { try await body() }
    }
}

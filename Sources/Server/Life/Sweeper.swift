import API
import Identity
import Logs
import Loop
import Synchronization
import Values

/// Deletes now and then what has expired. All nodes do: each finds less to do.
final class Sweeper: Sendable {
    /// Often enough that the successors of rotated refresh tokens are erased soon after their
    /// grace.
    private static let interval: Duration = .seconds(60)

    private let identity: Identity
    private let limiter: any GuardLimiter
    private let ambient: Ambient
    private let task = Mutex<Task<Void, Never>?>(nil)

    init(_ identity: Identity, _ limiter: any GuardLimiter, _ ambient: Ambient) {
        self.identity = identity
        self.limiter = limiter
        self.ambient = ambient
    }

    func start(on loop: EventLoop) {
        let task = loop.spawn { [self] in
            while (try? await loop.sleep(for: Self.interval)) != nil { await sweep() }
        }
        self.task.withLock { $0 = task }
    }

    func stop() {
        task.withLock { $0?.cancel() }
    }

    /// A sweep that fails is made up for by the next.
    func sweep() async {
        do {
            try await identity.sweep(at: ambient.clock.now)
            try await limiter.sweep(at: ambient.clock.now)
        } catch {
            ambient.logger.warn("expired rows could not be deleted", ["error": LogValue(error)])
        }
    }
}

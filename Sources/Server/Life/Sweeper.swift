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
    /// How long an entry of the audit log waits for its place in the chain.
    private static let linkInterval: Duration = .seconds(1)

    private let program: Program
    private let limiter: any GuardLimiter
    private let ambient: Ambient
    private let tasks = Mutex<[Task<Void, Never>]>([])

    init(_ program: Program, _ limiter: any GuardLimiter, _ ambient: Ambient) {
        self.program = program
        self.limiter = limiter
        self.ambient = ambient
    }

    func start(on loop: EventLoop) {
        let sweeping = loop.spawn { [self] in
            while (try? await loop.sleep(for: Self.interval)) != nil { await sweep() }
        }
        let linking = loop.spawn { [self] in
            while (try? await loop.sleep(for: Self.linkInterval)) != nil { await link() }
        }
        tasks.withLock { $0 = [sweeping, linking] }
    }

    func stop() {
        tasks.withLock { for task in $0 { task.cancel() } }
    }

    /// A sweep that fails is made up for by the next.
    func sweep() async {
        do {
            try await program.sweep(at: ambient.clock.now)
            try await limiter.sweep(at: ambient.clock.now)
        } catch {
            ambient.logger.warn("expired rows could not be deleted", ["error": LogValue(error)])
        }
    }

    private func link() async {
        do {
            try await program.identity.audit.linkIfDue()
        } catch {
            ambient.logger.warn("the audit log could not be linked", ["error": LogValue(error)])
        }
    }
}

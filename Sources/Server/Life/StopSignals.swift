import Glibc
import Loop
import Synchronization

/// Waits for SIGTERM and SIGINT. The first asks the program to stop; the second, or one that comes
/// before the program waits for it, ends the process at once: what was acknowledged is on the disk.
package final class StopSignals: Sendable {
    private enum State {
        case starting
        case waiting(UnsafeContinuation<Void, Never>)
        case stopping
    }

    private let state = Mutex(State.starting)

    /// Takes the signals from all threads that are started later, so it comes first.
    package init() {
        var signals = Self.set
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        let thread = startThread(named: "signals") { [self] in watch() }
        pthread_detach(thread)
    }

    package func wait() async {
        await withUnsafeContinuation { continuation in
            state.withLock { $0 = .waiting(continuation) }
        }
    }

    private static var set: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGTERM)
        sigaddset(&set, SIGINT)
        return set
    }

    private func watch() {
        var signals = Self.set
        var signal: Int32 = 0
        while true {
            guard sigwait(&signals, &signal) == 0 else { continue }
            let waiting = state.withLock { state -> UnsafeContinuation<Void, Never>? in
                guard case .waiting(let continuation) = state else { return nil }
                state = .stopping
                return continuation
            }
            guard let waiting else { _exit(128 + signal) }
            waiting.resume()
        }
    }
}

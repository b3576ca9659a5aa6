import Glibc
import Loop
import Synchronization

/// Waits for SIGTERM and SIGINT. The first asks the program to stop; the second, or one that comes
/// while the program is still starting, ends the process at once: what was acknowledged is on the
/// disk.
package final class StopSignals: Sendable {
    private enum State {
        case starting
        case serving
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

    /// From now on there is something to stop in good order.
    package func startServing() {
        state.withLock { $0 = .serving }
    }

    /// Returns when the first signal comes, or has come.
    package func wait() async {
        await withUnsafeContinuation { continuation in
            let isAsked = state.withLock { state in
                if case .stopping = state { return true }
                state = .waiting(continuation)
                return false
            }
            if isAsked { continuation.resume() }
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
            stop(signal)
        }
    }

    private func stop(_ signal: Int32) {
        let before = state.withLock { state in
            defer { state = .stopping }
            return state
        }
        switch before {
        case .starting, .stopping: _exit(128 + signal)
        case .serving: return
        case .waiting(let continuation): continuation.resume()
        }
    }
}

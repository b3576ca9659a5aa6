import Synchronization

/// Wakes those who wait for work. A ring between looking for work and waiting for it is not lost.
package final class Bell: Sendable {
    private struct Sleeper {
        let continuation: UnsafeContinuation<Void, Never>
        var alarm: Task<Void, Never>?

        func wake() {
            alarm?.cancel()
            continuation.resume()
        }
    }

    private struct State {
        var rings: UInt64 = 0
        var lastID: UInt64 = 0
        var sleepers: [UInt64: Sleeper] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    package var rings: UInt64 { state.withLock { $0.rings } }

    package func ring() {
        let woken = state.withLock { state in
            state.rings &+= 1
            defer { state.sleepers = [:] }
            return state.sleepers
        }
        for sleeper in woken.values { sleeper.wake() }
    }

    /// Returns when it has rung since `rings`, or after `delay`.
    package func wait(since rings: UInt64, atMost delay: Duration, on loop: EventLoop) async {
        await withUnsafeContinuation { continuation in
            let id = state.withLock { state -> UInt64? in
                guard state.rings == rings else { return nil }
                state.lastID += 1
                state.sleepers[state.lastID] = Sleeper(continuation: continuation)
                return state.lastID
            }
            guard let id else { return continuation.resume() }
            setAlarm(id, delay, loop)
        }
    }

    private func setAlarm(_ id: UInt64, _ delay: Duration, _ loop: EventLoop) {
        let alarm = loop.spawn { [self] in
            guard (try? await loop.sleep(for: delay)) != nil else { return }
            state.withLock { $0.sleepers.removeValue(forKey: id) }?.continuation.resume()
        }
        let isAwake = state.withLock { state in
            state.sleepers[id]?.alarm = alarm
            return state.sleepers[id] == nil
        }
        if isAwake { alarm.cancel() }
    }
}

import Coding
import Logs
import Synchronization

/// What a server of a test has logged.
package final class MemoryLog: LogSink {
    private struct State {
        var lines: [String] = []
        var errors: [String] = []
    }

    private let state = Mutex(State())

    package init() {}

    package func write(_ line: [UInt8]) {
        let text = String(decoding: line, as: UTF8.self)
        state.withLock { state in
            state.lines.append(text)
            if text.contains(#""level":"ERROR""#) { state.errors.append(text) }
        }
    }

    package var lines: [String] { state.withLock { $0.lines } }

    package var objects: [JSON] { lines.compactMap { try? JSON(parsing: Array($0.utf8)) } }

    /// The errors so far, which the test expects.
    @discardableResult
    package func takeErrors() -> [String] {
        state.withLock { state in
            defer { state.errors = [] }
            return state.errors
        }
    }
}

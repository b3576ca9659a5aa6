import AtriumTesting
import Coding
import HTTP
import Synchronization
import Testing

/// One event of a stream, as a browser gives it.
struct ReadEvent: Hashable {
    var name = "message"
    var id: String?
    var data = ""

    var json: JSON? { try? JSON(parsing: Array(data.utf8)) }
}

/// Reads a stream of events from an answer of a server in this process.
final class EventReader: Sendable {
    private struct State {
        var text = ""
        var isOver = false
        var reader: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())
    private let task: Mutex<Task<Void, Never>?> = Mutex(nil)

    init(_ answer: TestAnswer) throws {
        guard case .stream(_, let produce) = answer.response.body else {
            throw UnexpectedAnswer(status: answer.status, text: answer.text)
        }
        let reading = Task { [self] in
            try? await produce(ResponseWriter { bytes in self.take(bytes) })
            end()
        }
        task.withLock { $0 = reading }
    }

    /// The client leaves.
    func leave() async {
        let task = task.withLock { $0 }
        task?.cancel()
        await task?.value
    }

    private func take(_ bytes: [UInt8]) {
        let reader = state.withLock { state in
            state.text += String(decoding: bytes, as: UTF8.self)
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume()
    }

    private func end() {
        let reader = state.withLock { state in
            state.isOver = true
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume()
    }

    /// The next event; comments are passed over. Nil at the end.
    func next() async -> ReadEvent? {
        while true {
            let (block, isOver) = state.withLock { state -> (String?, Bool) in
                guard let end = state.text.firstRange(of: "\n\n") else {
                    return (nil, state.isOver)
                }
                let block = String(state.text[..<end.lowerBound])
                state.text.removeSubrange(..<end.upperBound)
                return (block, false)
            }
            if let block {
                if let event = Self.event(block) { return event }
            } else if isOver {
                return nil
            } else {
                await wait()
            }
        }
    }

    func next(_ name: String) async -> ReadEvent? {
        while let event = await next() {
            if event.name == name { return event }
        }
        return nil
    }

    private func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waits = state.withLock { state in
                    if state.isOver || state.text.contains("\n\n") { return false }
                    state.reader = continuation
                    return true
                }
                if !waits { continuation.resume() }
            }
        } onCancel: {
            end()
        }
    }

    private static func event(_ block: String) -> ReadEvent? {
        var event = ReadEvent()
        var hasData = false
        for line in block.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { continue }
            let value = parts[1].hasPrefix(" ") ? String(parts[1].dropFirst()) : parts[1]
            switch parts[0] {
            case "event": event.name = value
            case "id": event.id = value
            case "data":
                event.data += value
                hasData = true
            default: break
            }
        }
        return hasData ? event : nil
    }
}

import HTTP
import Loop

/// Short answers of one tick that are sent together, at its end.
///
/// Whoever waits for an answer is woken by the system when it is sent, and on a busy machine runs at
/// once, in place of the loop that has others to answer. Answers that go out one after the other
/// cost one such change where they would cost one each.
// Safe because it is used on its loop only.
final class HeldOutput {
    /// Fewer events in a tick than this are answered one by one.
    static let eventsMin = 3
    static let answerBytesMax = 16 * 1024
    private static let bytesMax = 192 * 1024

    private let loop: EventLoop
    private let bytes = OutputBuffer()
    private var parts: [Part] = []
    private var isScheduled = false

    private struct Part {
        let connection: Connection
        let range: Range<Int>
    }

    init(loop: EventLoop) { self.loop = loop }

    func append(_ more: UnsafeBufferPointer<UInt8>, of connection: Connection) {
        let start = bytes.count
        bytes.append(more)
        parts.append(Part(connection: connection, range: start..<bytes.count))
        if bytes.count > Self.bytesMax { return send() }
        if isScheduled { return }
        isScheduled = true
        loop.afterTick { [self] in
            isScheduled = false
            send()
        }
    }

    /// Sends all that is held, in its order.
    func send() {
        let parts = parts
        self.parts.removeAll(keepingCapacity: true)
        for part in parts {
            part.connection.sendHeld(UnsafeBufferPointer(rebasing: bytes.bytes[part.range]))
        }
        bytes.removeAll()
    }
}

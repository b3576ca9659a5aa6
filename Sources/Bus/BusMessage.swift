/// A message as it travels: who sent it, on which topic, and what.
///
/// PostgreSQL takes less than 8,000 bytes of text without NUL in one notification.
struct BusMessage: Hashable {
    let node: String
    let topic: String
    let payload: String

    init(from node: String, _ topic: String, _ payload: String) throws(BusError) {
        try Self.check(topic, payload)
        self.node = node
        self.topic = topic
        self.payload = payload
    }

    /// Nil for what no bus has sent.
    init?(_ text: String) {
        let parts = text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        node = String(parts[0])
        topic = String(parts[1])
        payload = String(parts[2])
    }

    var text: String { "\(node) \(topic) \(payload)" }

    static let payloadBytesMax = 7000
    static let topicBytesMax = 63

    static func check(_ topic: String, _ payload: String) throws(BusError) {
        guard (1...topicBytesMax).contains(topic.utf8.count), topic.utf8.allSatisfy(isTopicByte)
        else { throw .unusableTopic }
        guard payload.utf8.count <= payloadBytesMax, !payload.utf8.contains(0) else {
            throw .unusablePayload
        }
    }

    private static func isTopicByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}

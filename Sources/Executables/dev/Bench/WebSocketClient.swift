/// The opening of a WebSocket and one message there and back (RFC 6455, sections 1.3 and 5.7).
enum WebSocketClient {
    /// The key of the RFC's example, and what answers it.
    private static let key = "dGhlIHNhbXBsZSBub25jZQ=="
    private static let accepted = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

    static func isAccepted(on connection: LoadConnection, path: String) -> Bool {
        let answer = connection.send(
            "GET", path,
            fields: [
                "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: \(key)",
                "Sec-WebSocket-Version: 13",
            ])
        return answer?.status == 101 && answer?.field("sec-websocket-accept") == accepted
    }

    /// Sends the RFC's masked "Hello" and expects it back without a mask.
    static func echoes(on connection: LoadConnection) -> Bool {
        let masked: [UInt8] = [
            0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58,
        ]
        let plain: [UInt8] = [0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f]
        return connection.send(masked) && connection.receive(plain.count) == plain
    }
}

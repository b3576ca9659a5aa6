/// A whole message of a client, its fragments put together.
package struct WebSocketMessage: Hashable, Sendable {
    /// What the client called it.
    package enum Kind: Hashable, Sendable { case text, binary }

    package let kind: Kind
    /// UTF-8 for text, which was checked.
    package let bytes: [UInt8]

    package init(_ kind: Kind, _ bytes: [UInt8]) {
        self.kind = kind
        self.bytes = bytes
    }

    /// Nil for binary messages.
    package var text: String? {
        kind == .text ? String(decoding: bytes, as: UTF8.self) : nil
    }
}

/// Why a WebSocket is closed (RFC 6455 §7.4, and IANA's registry).
package struct WebSocketCloseCode: Hashable, Sendable, CustomStringConvertible {
    package let code: UInt16

    private init(_ code: UInt16) { self.code = code }

    /// A code that may stand in a close frame. Nil for those that mean that none came, and for those
    /// that nobody has given a meaning.
    package init?(onWire code: UInt16) {
        switch code {
        case 1000...1003, 1007...1014, 3000...4999: self.code = code
        default: return nil
        }
    }

    /// One of the thousand codes that an application may give a meaning of its own. Others are a
    /// mistake of the program.
    package static func application(_ code: UInt16) -> WebSocketCloseCode {
        precondition((4000...4999).contains(code), "codes of applications are 4000 to 4999")
        return WebSocketCloseCode(code)
    }

    package var description: String { "\(code)" }

    package static var normal: WebSocketCloseCode { WebSocketCloseCode(1000) }
    /// The server stops, or the page is left.
    package static var goingAway: WebSocketCloseCode { WebSocketCloseCode(1001) }
    package static var protocolError: WebSocketCloseCode { WebSocketCloseCode(1002) }
    /// Text where binary is wanted, or the other way round.
    package static var unsupportedData: WebSocketCloseCode { WebSocketCloseCode(1003) }
    /// The close frame had no code. Never sent.
    package static var none: WebSocketCloseCode { WebSocketCloseCode(1005) }
    /// The connection ended without a close frame. Never sent.
    package static var abnormal: WebSocketCloseCode { WebSocketCloseCode(1006) }
    /// Text that is not UTF-8.
    package static var invalidData: WebSocketCloseCode { WebSocketCloseCode(1007) }
    package static var policyViolation: WebSocketCloseCode { WebSocketCloseCode(1008) }
    package static var messageTooBig: WebSocketCloseCode { WebSocketCloseCode(1009) }
    package static var internalError: WebSocketCloseCode { WebSocketCloseCode(1011) }
    package static var serviceRestart: WebSocketCloseCode { WebSocketCloseCode(1012) }
    package static var tryAgainLater: WebSocketCloseCode { WebSocketCloseCode(1013) }
}

/// How a WebSocket ended, as its handler is told.
package struct WebSocketEnd: Hashable, Sendable {
    /// From the close frame that came first, the client's or ours; `abnormal` when there was none.
    package let code: WebSocketCloseCode
    package let reason: String
    /// Both sides have said that they close.
    package let isClean: Bool

    package init(_ code: WebSocketCloseCode, _ reason: String = "", isClean: Bool) {
        self.code = code
        self.reason = reason
        self.isClean = isClean
    }

    /// The client left without a word, or was cut off.
    static var abnormal: WebSocketEnd { WebSocketEnd(.abnormal, isClean: false) }
}

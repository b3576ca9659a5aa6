import HTTP

/// Answers 101: the connection becomes a WebSocket.
///
/// Its operation is a GET, asks `Call.handshake()` and lists `WebSocketUpgrade.failures`; its feature
/// brings `WebSocketUpgrade.rows` to each surface. Guards run first, as before any operation.
extension WebSocketUpgrade: OperationOutput {
    package static func documentation() -> OutputDocumentation {
        OutputDocumentation(
            .switchingProtocols, "The connection is a WebSocket from here on (RFC 6455).")
    }

    package func response() -> Response { .webSocket(self) }

    /// What `Call.handshake()` throws.
    package static let failures: [Failure] = [.upgradeRequired, .malformedHandshake]

    /// How a surface shows that, in words that fit any of them.
    package static let rows = [
        FailureRow(
            .upgradeRequired, .upgradeRequired, "UPGRADE_REQUIRED", "Open a WebSocket here"),
        FailureRow(
            .malformedHandshake, .badRequest, "MALFORMED_HANDSHAKE",
            "This is no handshake of a WebSocket"),
    ]
}

extension Failure {
    /// A request that does not ask for a WebSocket, or for one of another version.
    package static let upgradeRequired = Failure("upgradeRequired")
    package static let malformedHandshake = Failure("malformedHandshake")

    fileprivate init(_ refusal: WebSocketHandshake.Refusal) {
        self =
            switch refusal {
            case .upgradeRequired: .upgradeRequired
            case .malformed: .malformedHandshake
            }
    }
}

extension Call {
    /// The request as a handshake, or a failure of `WebSocketUpgrade.failures`.
    package func handshake() throws -> WebSocketHandshake {
        do throws(WebSocketHandshake.Refusal) {
            return try WebSocketHandshake(request)
        } catch {
            throw Failure(error)
        }
    }
}

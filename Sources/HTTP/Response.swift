/// What a handler answers.
package struct Response: Sendable {
    package var status: Status
    package var fields: Fields
    package var body: ResponseBody

    package init(_ status: Status, fields: Fields = [:], body: ResponseBody = .empty) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    package static func json(_ bytes: [UInt8], status: Status = .ok) -> Response {
        Response(status, fields: jsonFields, body: .bytes(bytes))
    }

    package static func text(_ text: String, status: Status = .ok) -> Response {
        Response(status, fields: textFields, body: .bytes(Array(text.utf8)))
    }

    package static func redirect(to location: String, _ status: Status = .found) -> Response {
        Response(status, fields: [.location: location])
    }

    private static let jsonFields: Fields = [.contentType: "application/json"]
    private static let textFields: Fields = [.contentType: "text/plain; charset=utf-8"]
}

/// The body of a response. `Content-Length` and `Transfer-Encoding` follow from it; a handler never
/// sets them.
package enum ResponseBody: Sendable {
    case empty
    case bytes([UInt8])
    /// Parts of files and what stands between them.
    case pieces([BodyPiece])
    /// Written piece by piece; chunked unless the length is known. When `produce` throws, the
    /// connection is cut, so that the client sees that something is missing.
    case stream(length: Int?, produce: @Sendable (ResponseWriter) async throws -> Void)
    /// None: the connection becomes a WebSocket. The server writes the fields of the handshake.
    case webSocket(WebSocketUpgrade)

    package static func file(_ file: FileBody) -> ResponseBody { .pieces([.file(file)]) }

    package static func stream(
        _ produce: @escaping @Sendable (ResponseWriter) async throws -> Void
    ) -> ResponseBody {
        .stream(length: nil, produce: produce)
    }
}

/// A part of a body that is put together.
package enum BodyPiece: Sendable, Hashable {
    case bytes([UInt8])
    case file(FileBody)

    package var length: Int {
        switch self {
        case .bytes(let bytes): bytes.count
        case .file(let file): file.length
        }
    }
}

/// A range of a file, read while it is sent. It must not shrink meanwhile: the connection is cut
/// when it does.
package struct FileBody: Sendable, Hashable {
    package let path: String
    package let offset: Int
    package let length: Int

    package init(path: String, offset: Int = 0, length: Int) {
        self.path = path
        self.offset = offset
        self.length = length
    }
}

/// The client left, was cut off for reading too slowly, or the server stops.
package struct WriteError: Error, Hashable, Sendable {
    package init() {}
}

/// Takes the bytes of a streamed response.
package struct ResponseWriter: Sendable {
    private let send: @Sendable ([UInt8]) async throws(WriteError) -> Void

    package init(_ send: @escaping @Sendable ([UInt8]) async throws(WriteError) -> Void) {
        self.send = send
    }

    /// Sends `bytes`, and waits while more of this connection's output is pending than its limit.
    package func write(_ bytes: [UInt8]) async throws(WriteError) {
        try await send(bytes)
    }

    package func write(_ text: String) async throws(WriteError) {
        try await send(Array(text.utf8))
    }
}

/// What a server is given: it answers every request and is cancelled when the client leaves.
package typealias RequestHandler = @Sendable (Request) async -> Response

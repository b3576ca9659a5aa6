/// The body of a request, which can be read once: as a whole or piece by piece.
package struct RequestBody: Sendable {
    /// What `Content-Length` says; nil for chunked bodies.
    package let declaredLength: Int?
    private let stream: BodyStream?

    package static let empty = RequestBody(declaredLength: 0, stream: nil)

    package init(_ bytes: [UInt8]) {
        declaredLength = bytes.count
        stream = bytes.isEmpty ? nil : BodyStream(whole: bytes)
    }

    package init(declaredLength: Int?, stream: BodyStream?) {
        self.declaredLength = declaredLength
        self.stream = stream
    }

    /// No body was announced. A chunked body may turn out to be empty and is not.
    package var isEmpty: Bool { stream == nil }

    /// The next bytes as they came, or nil at the end. Reading is what makes the client send more.
    package func next() async throws(BodyError) -> [UInt8]? {
        guard let stream else { return nil }
        return try await stream.next()
    }

    /// The whole body. A longer one than `limit` throws as soon as that is known, for a declared
    /// length before anything is read.
    package func collect(upTo limit: Int) async throws(BodyError) -> [UInt8] {
        if let declaredLength, declaredLength > limit { throw .tooLarge(limit: limit) }
        guard var bytes = try await next() else { return [] }
        while true {
            if bytes.count > limit { throw .tooLarge(limit: limit) }
            guard let more = try await next() else { return bytes }
            bytes += more
        }
    }
}

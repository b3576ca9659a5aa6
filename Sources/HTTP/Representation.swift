import Values

/// Something that can be fetched: its bytes in one or more codings, with what a cache needs to know.
///
/// It answers GET and HEAD with negotiation of coding, conditions (RFC 9110 §13) and ranges (§14).
/// Every coding has its own tag, since a range of one is not a range of another.
package struct Representation: Sendable {
    /// Where the bytes come from.
    package enum Content: Sendable {
        case bytes([UInt8])
        case file(path: String, length: Int)

        package var length: Int {
            switch self {
            case .bytes(let bytes): bytes.count
            case .file(_, let length): length
            }
        }

        fileprivate func piece(_ range: Range<Int>) -> BodyPiece {
            switch self {
            case .bytes(let bytes): .bytes(Array(bytes[range]))
            case .file(let path, _):
                .file(FileBody(path: path, offset: range.lowerBound, length: range.count))
            }
        }
    }

    package var type: String
    package var content: Content
    package var etag: ETag?
    package var modified: Instant?
    /// The same bytes coded already, by coding. Codings that are not there are not made.
    package var variants: [ContentCoding: Content] = [:]
    package var fields = Fields()

    package init(type: String, content: Content, etag: ETag? = nil, modified: Instant? = nil) {
        self.type = type
        self.content = content
        self.etag = etag
        self.modified = modified
    }

    package func response(to request: Request) -> Response {
        guard request.method == .get || request.method == .head else {
            return Response(.methodNotAllowed, fields: [.allow: "GET, HEAD"])
        }
        let codings = ContentCoding.allCases.filter { $0 == .identity || variants[$0] != nil }
        let coding = variants.isEmpty ? .identity : request.preferred(of: codings)
        let chosen = variants[coding] ?? content
        let etag = tag(for: coding)
        let fields = fields(coding, etag)
        switch Conditions(of: request).verdict(etag: etag, modified: modified) {
        case .failed: return Response(.preconditionFailed)
        case .notModified: return Response(.notModified, fields: fields)
        case .proceed: break
        }
        guard request.method == .get,
            Conditions(of: request).allowsRange(etag: etag, modified: modified)
        else { return whole(chosen, fields) }
        switch ByteRanges(request[.range], length: chosen.length) {
        case .whole: return whole(chosen, fields)
        case .unsatisfiable:
            return Response(
                .rangeNotSatisfiable, fields: [.contentRange: "bytes */\(chosen.length)"])
        case .parts(let parts): return partial(chosen, parts, fields)
        }
    }

    private func tag(for coding: ContentCoding) -> ETag? {
        guard let etag, coding != .identity else { return etag }
        return ETag("\(etag.tag)-\(coding.rawValue)", isWeak: etag.isWeak)
    }

    private func fields(_ coding: ContentCoding, _ etag: ETag?) -> Fields {
        var result = fields
        result[.contentType] = type
        result[.acceptRanges] = "bytes"
        if let etag { result[.etag] = etag.description }
        if let modified { result[.lastModified] = HTTPDate.text(modified) }
        if coding != .identity { result[.contentEncoding] = coding.rawValue }
        if !variants.isEmpty { result.vary(on: .acceptEncoding) }
        return result
    }

    private func whole(_ content: Content, _ fields: Fields) -> Response {
        switch content {
        case .bytes(let bytes): Response(.ok, fields: fields, body: .bytes(bytes))
        case .file(let path, let length):
            Response(.ok, fields: fields, body: .file(FileBody(path: path, length: length)))
        }
    }

    private func partial(
        _ content: Content, _ parts: [Range<Int>], _ fields: Fields
    ) -> Response {
        var fields = fields
        let length = content.length
        if parts.count == 1 {
            fields[.contentRange] = Self.contentRange(parts[0], length)
            return Response(
                .partialContent, fields: fields, body: .pieces([content.piece(parts[0])]))
        }
        var pieces: [BodyPiece] = []
        for part in parts {
            let head =
                "\r\n--\(Self.boundary)\r\ncontent-type: \(type)\r\n"
                + "content-range: \(Self.contentRange(part, length))\r\n\r\n"
            pieces += [.bytes(Array(head.utf8)), content.piece(part)]
        }
        pieces.append(.bytes(Array("\r\n--\(Self.boundary)--\r\n".utf8)))
        fields[.contentType] = "multipart/byteranges; boundary=\(Self.boundary)"
        return Response(.partialContent, fields: fields, body: .pieces(pieces))
    }

    /// Who reads parts knows their lengths, so a boundary that occurs in them does no harm.
    private static let boundary = "atrium-range-5f1c9d27e0"

    private static func contentRange(_ range: Range<Int>, _ length: Int) -> String {
        "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(length)"
    }
}

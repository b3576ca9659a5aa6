import API
import Coding
import HTTP
import Values

/// The bytes of a file, or some of them.
///
/// They are somebody's, and come from our address: so a browser takes them for what they are and nothing
/// else, runs nothing in them, and shows by itself only what nothing can run in.
struct FileContent: OperationOutput {
    static let policy = "default-src 'none'; sandbox"

    private let representation: Representation
    private let request: Request

    /// `cachedUntil` is the end of the link by which it was asked for.
    init(
        _ file: StoredFile, at path: String, to request: Request, cachedUntil: Instant?,
        now: Instant
    ) {
        var content = Representation(
            type: file.kind.mediaType, content: .file(path: path, length: file.bytes),
            etag: ETag(file.digest.base64URL), modified: file.createdAt)
        content.fields = [
            .contentSecurityPolicy: Self.policy,
            .contentDisposition: ContentDisposition.of(file),
            .cacheControl: Self.caching(cachedUntil, now),
        ]
        (representation, self.request) = (content, request)
    }

    /// What stands under an id never changes; whoever asks by who he is may no longer be asked.
    private static func caching(_ end: Instant?, _ now: Instant) -> String {
        guard let end else { return "private, no-cache" }
        return "private, max-age=\((end - now).wholeSeconds), immutable"
    }

    static func documentation() -> OutputDocumentation {
        var output = OutputDocumentation(
            .ok, "The file.", mediaType: "*/*",
            schema: .string(format: "binary"), example: "…")
        output.fields = [.etag, .contentDisposition]
        output.requestFields = [.ifNoneMatch, .range]
        var part = OutputDocumentation(
            .partialContent, "What `Range` asks for.", mediaType: "*/*",
            schema: .string(format: "binary"), example: "…")
        part.fields = [.etag, .contentRange]
        var known = OutputDocumentation(.notModified, "The file is as `If-None-Match` says.")
        known.fields = [.etag]
        output.alternatives = [
            part, known,
            OutputDocumentation(.preconditionFailed, "The file is not as `If-Match` says."),
            OutputDocumentation(.rangeNotSatisfiable, "The file does not have the range."),
        ]
        return output
    }

    func response() -> Response { representation.response(to: request) }
}

/// `Content-Disposition` of a file (RFC 6266): shown, or saved under its name.
enum ContentDisposition {
    static func of(_ file: StoredFile) -> String {
        let kind = file.kind.isShown ? "inline" : "attachment"
        let plain = String(
            String.UnicodeScalarView(file.name.unicodeScalars.map { isPlain($0) ? $0 : "_" }))
        let ascii = "\(kind); filename=\"\(plain)\""
        if plain == file.name { return ascii }
        return ascii + "; filename*=UTF-8''\(PercentEncoding.encode(file.name))"
    }

    /// What stands between quotes as it is, for every browser.
    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        (0x20...0x7e).contains(scalar.value) && !["\"", "\\", "%"].contains(scalar)
    }
}

extension FieldDocumentation {
    static let contentRange = FieldDocumentation(
        "Content-Range", "Which part it is, of how many bytes.", .string,
        example: "bytes 0-99/48213")
    static let range = FieldDocumentation(
        "Range", "Which bytes are wanted (RFC 9110).", .string, example: "bytes=0-99")
}

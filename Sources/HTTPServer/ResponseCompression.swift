import CCompression
import HTTP

/// Decides whether an answer is compressed for transport, and does it.
///
/// Compressing what holds both a secret and something an attacker chose tells the secret by its
/// length (BREACH). The server cannot see that, so it leaves alone what shows the signs: answers
/// that set cookies, that must not be stored (tokens, sessions) or transformed. Ranges, answers that
/// are coded already, small ones and types that do not shrink are left alone as well.
package enum ResponseCompression {
    /// Below this the head costs more than is saved.
    static let minimumBytes = 1024
    /// Above this the answer is sent as it is: files of that size come coded, or as a stream.
    static let maximumBytes = 8 * 1024 * 1024
    /// Up to this much is compressed on the loop, in a fraction of a millisecond; more on the pool.
    static let inlineBytes = 16 * 1024

    /// The coding to use, or nil. `fields` may get `Vary`, which is right either way.
    static func coding(for request: RequestHead, _ response: inout Response) -> ContentCoding? {
        guard case .bytes(let bytes) = response.body, bytes.count >= minimumBytes,
            bytes.count <= maximumBytes, isEligible(response)
        else { return nil }
        response.fields.vary(on: .acceptEncoding)
        let coding = request.preferred(of: [.brotli, .gzip, .identity])
        return coding == .identity ? nil : coding
    }

    private static func isEligible(_ response: Response) -> Bool {
        // What most answers with data say, and need not be taken apart for.
        if response.fields[.cacheControl] == "no-store" { return false }
        guard response.status != .partialContent, !response.status.forbidsBody,
            !response.fields.contains(.contentEncoding), !response.fields.contains(.setCookie),
            let type = response.fields[.contentType], FileType.isCompressible(type)
        else { return false }
        let control = response.fields.values(of: .cacheControl).flatMap(listMembers)
        return !control.contains {
            equalsIgnoringCase($0, "no-transform") || equalsIgnoringCase($0, "no-store")
        }
    }

    /// The response with its body coded. A strong tag becomes weak: other bytes, same meaning.
    static func coded(_ response: Response, _ coding: ContentCoding) -> Response {
        guard case .bytes(let bytes) = response.body,
            let coded = compress(bytes, coding), coded.count < bytes.count
        else { return response }
        var response = response
        response.body = .bytes(coded)
        response.fields[.contentEncoding] = coding.rawValue
        if let tag = response.fields[.etag].flatMap({ ETag(parsing: $0) }) {
            response.fields[.etag] = ETag(tag.tag, isWeak: true).description
        }
        return response
    }

    /// The bytes in a coding; nil when the library refuses.
    package static func compress(_ bytes: [UInt8], _ coding: ContentCoding) -> [UInt8]? {
        switch coding {
        case .identity: bytes
        case .brotli: brotli(bytes)
        case .gzip: gzip(bytes)
        }
    }

    /// The quality at which brotli is as quick as gzip and smaller.
    private static let brotliQuality: Int32 = 4

    private static func brotli(_ bytes: [UInt8]) -> [UInt8]? {
        let limit = BrotliEncoderMaxCompressedSize(bytes.count)
        guard limit > 0 else { return nil }
        var isDone = false
        let coded = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            var size = limit
            isDone =
                BrotliEncoderCompress(
                    brotliQuality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, bytes.count, bytes,
                    &size, buffer.baseAddress!) != 0
            count = isDone ? size : 0
        }
        return isDone ? coded : nil
    }

    /// 15 bits of window, and 16 for a gzip frame instead of zlib's.
    private static let gzipWindow: Int32 = 15 + 16

    private static func gzip(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        guard
            deflateInit2_(
                &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzipWindow, 8, Z_DEFAULT_STRATEGY,
                ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return nil }
        defer { deflateEnd(&stream) }
        let limit = Int(deflateBound(&stream, UInt(bytes.count)))
        var bytes = bytes
        var isDone = false
        let coded = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            bytes.withUnsafeMutableBufferPointer { input in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(clamping: input.count)
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(clamping: limit)
                isDone = deflate(&stream, Z_FINISH) == Z_STREAM_END
            }
            count = isDone ? Int(stream.total_out) : 0
        }
        return isDone ? coded : nil
    }
}

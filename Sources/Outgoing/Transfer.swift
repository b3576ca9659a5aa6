import CCurl
import Glibc
import HTTP

/// One exchange of libcurl's: its handle, the bytes that it sends and takes, and who waits for its
/// end.
///
/// Used on one thread only.
final class Transfer {
    /// How an exchange ended.
    struct End: Sendable {
        let code: CURLcode
        /// The last code that the server answered with, or 0.
        let response: Int
        /// libcurl's words for what went wrong.
        let words: String
        /// What the server sent, where it was asked for.
        var content: [UInt8] = []
        /// The lines before the content, without their ends.
        var lines: [String] = []
        /// Whether the server sent more than was asked for.
        var isOverLimit = false
        /// The address to which no connection was made because that is not allowed.
        var refusedAddress: IPAddress?
    }

    /// Nil where there is no memory for it, or no libcurl.
    let easy: UnsafeMutableRawPointer?
    private var source: [UInt8] = []
    private var sent = 0
    private var received: [UInt8] = []
    private var receivedMax = 0
    /// Whom the bytes of the content are also given to, as they come.
    var piece: (([UInt8]) -> Void)?
    private var lines: [String] = []
    private var linesCount = 0
    private var isOverLimit = false
    private var mayConnect: (IPAddress) -> Bool = { _ in true }
    private var refusedAddress: IPAddress?
    private var lists: [UnsafeMutablePointer<curl_slist>] = []
    private let words = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private var ended: ((End) -> Void)?

    init(ended: @escaping (End) -> Void) {
        self.ended = ended
        words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        easy = CurlLibrary.problem == nil ? curl_make() : nil
        guard let easy else { return }
        _ = curl_set_words(easy, words)
        // The process's signals and its environment are none of a library's business.
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_PROXY, "")
        // Ending a transfer must not wait for a name server.
        set(CURLOPT_QUICK_EXIT, 1)
    }

    deinit {
        if let easy { curl_end(easy) }
        for list in lists { curl_list_end(list) }
        words.deallocate()
    }

    private var context: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

    private static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    // MARK: Options

    func set(_ option: CURLoption, _ value: Int) {
        if let easy { _ = curl_set_number(easy, option, value) }
    }

    func set(_ option: CURLoption, _ text: String) {
        if let easy { _ = curl_set_text(easy, option, text) }
    }

    func set(_ option: CURLoption, _ texts: [String]) {
        var list: UnsafeMutablePointer<curl_slist>?
        for text in texts { list = curl_list_append(list, text) ?? list }
        guard let easy, let list else { return }
        lists.append(list)
        _ = curl_set_list(easy, option, list)
    }

    /// Sends `content` as a mail is sent.
    func upload(_ content: [UInt8]) {
        guard let easy else { return }
        source = content
        set(CURLOPT_UPLOAD, 1)
        _ = curl_set_size(easy, CURLOPT_INFILESIZE_LARGE, curl_off_t(content.count))
        _ = curl_set_source(
            easy,
            { into, size, count, context in
                guard let into, let transfer = Transfer.from(context) else { return 0 }
                return transfer.give(into, size * count)
            }, context)
    }

    /// Sends `content` as the body of a POST.
    func post(_ content: [UInt8]) {
        guard let easy else { return }
        content.withUnsafeBytes { _ = curl_set_body(easy, $0.baseAddress, $0.count) }
    }

    /// Takes what the server sends, up to so many bytes.
    func receive(upTo bytesMax: Int) {
        guard let easy else { return }
        receivedMax = bytesMax
        _ = curl_set_size(easy, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(bytesMax))
        _ = curl_set_sink(
            easy,
            { bytes, size, count, context in
                guard let bytes, let transfer = Transfer.from(context) else { return 0 }
                return transfer.take(UnsafeRawBufferPointer(start: bytes, count: size * count))
            },
            { bytes, size, count, context in
                guard let bytes, let transfer = Transfer.from(context) else { return 0 }
                return transfer.takeLine(UnsafeRawBufferPointer(start: bytes, count: size * count))
            }, context)
    }

    /// Lets libcurl connect only to addresses that pass. It is asked for each address when a name
    /// has been resolved, so no name server can lead elsewhere afterwards.
    func connect(only mayConnect: @escaping (IPAddress) -> Bool) {
        guard let easy else { return }
        self.mayConnect = mayConnect
        _ = curl_set_opener(
            easy,
            { context, _, place in
                guard let place, let transfer = Transfer.from(context) else { return -1 }
                return transfer.open(place)
            }, context)
    }

    // MARK: What libcurl asks for

    private func give(_ into: UnsafeMutablePointer<CChar>, _ space: Int) -> Int {
        let count = min(space, source.count - sent)
        source.withUnsafeBytes { bytes in
            if count > 0, let start = bytes.baseAddress { memcpy(into, start + sent, count) }
        }
        sent += count
        return count
    }

    private func take(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard received.count + bytes.count <= receivedMax else {
            isOverLimit = true
            return 0
        }
        received += bytes
        piece?([UInt8](bytes))
        return bytes.count
    }

    /// The lines of the last head: others may come before it, such as `100 Continue`.
    private func takeLine(_ bytes: UnsafeRawBufferPointer) -> Int {
        linesCount += bytes.count
        guard linesCount <= Self.linesBytesMax else {
            isOverLimit = true
            return 0
        }
        let line = String(decoding: bytes, as: UTF8.self)
        if line.hasPrefix("HTTP/") { lines = [] }
        lines.append(String(line.prefix { !$0.isNewline }))
        return bytes.count
    }

    private func open(_ place: UnsafePointer<curl_sockaddr>) -> curl_socket_t {
        var bytes = [UInt8](repeating: 0, count: 16)
        guard curl_address(place, &bytes) != 0 else { return -1 }
        let words = bytes.withUnsafeBytes {
            (
                UInt64(bigEndian: $0.load(as: UInt64.self)),
                UInt64(bigEndian: $0.load(fromByteOffset: 8, as: UInt64.self))
            )
        }
        let address = IPAddress(v6: words.0, words.1)
        guard mayConnect(address) else {
            refusedAddress = address
            return -1
        }
        return curl_open(place)
    }

    func end(with code: CURLcode) {
        guard let ended else { return }
        self.ended = nil
        ended(
            End(
                code: code, response: easy.map { Int(curl_response_code($0)) } ?? 0,
                words: description(of: code), content: received, lines: lines,
                isOverLimit: isOverLimit, refusedAddress: refusedAddress))
    }

    private func description(of code: CURLcode) -> String {
        if let problem = CurlLibrary.problem { return problem }
        let own = String(cString: words)
        return own.isEmpty ? String(cString: curl_problem(code)) : own
    }

    /// Bytes of all heads of an answer.
    private static let linesBytesMax = 64 << 10
}

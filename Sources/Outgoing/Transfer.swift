import CCurl
import Glibc

/// One exchange of libcurl's: its handle, the bytes that it sends, and who waits for its end.
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
    }

    /// Nil only where there is no memory for it.
    let easy: UnsafeMutableRawPointer?
    private let content: [UInt8]
    private var sent = 0
    private var lists: [UnsafeMutablePointer<curl_slist>] = []
    private let words = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private var ended: ((End) -> Void)?

    init(sending content: [UInt8], ended: @escaping (End) -> Void) {
        self.content = content
        self.ended = ended
        words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        easy = curl_easy_init()
        guard let easy else { return }
        _ = curl_set_words(easy, words)
        // The process's signals and its environment are none of a library's business.
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_PROXY, "")
        // Ending a transfer must not wait for a name server.
        set(CURLOPT_QUICK_EXIT, 1)
        set(CURLOPT_UPLOAD, 1)
        _ = curl_set_size(easy, CURLOPT_INFILESIZE_LARGE, curl_off_t(content.count))
        _ = curl_set_source(
            easy,
            { into, size, count, context in
                guard let into, let context else { return 0 }
                let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
                return transfer.give(into, size * count)
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    deinit {
        if let easy { curl_easy_cleanup(easy) }
        for list in lists { curl_slist_free_all(list) }
        words.deallocate()
    }

    func set(_ option: CURLoption, _ value: Int) {
        if let easy { _ = curl_set_number(easy, option, value) }
    }

    func set(_ option: CURLoption, _ text: String) {
        if let easy { _ = curl_set_text(easy, option, text) }
    }

    func set(_ option: CURLoption, _ texts: [String]) {
        var list: UnsafeMutablePointer<curl_slist>?
        for text in texts { list = curl_slist_append(list, text) ?? list }
        guard let easy, let list else { return }
        lists.append(list)
        _ = curl_set_list(easy, option, list)
    }

    func end(with code: CURLcode) {
        let response = easy.map { Int(curl_response_code($0)) } ?? 0
        let own = String(cString: words)
        let text = own.isEmpty ? String(cString: curl_easy_strerror(code)) : own
        ended?(End(code: code, response: response, words: text))
        ended = nil
    }

    private func give(_ into: UnsafeMutablePointer<CChar>, _ space: Int) -> Int {
        let count = min(space, content.count - sent)
        content.withUnsafeBytes { bytes in
            if count > 0, let start = bytes.baseAddress { memcpy(into, start + sent, count) }
        }
        sent += count
        return count
    }
}

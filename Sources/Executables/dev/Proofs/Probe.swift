/// One malformed request, as bytes, that a server must refuse: an error status, one answer only,
/// and the connection ended.
struct Probe: Sendable {
    let name: String
    let bytes: [UInt8]

    init(_ name: String, _ text: String) {
        self.name = name
        bytes = Array(text.utf8)
    }

    /// What a well-formed request of the same kind is not answered with.
    static let refusals: Set<Int> = [400, 413, 414, 431, 501, 505]

    static let all = framing + fields + requestLines + chunks + sizes

    private static let host = "Host: a\r\n"
    private static let get = "GET /health HTTP/1.1\r\n"
    private static let post =
        "POST /api/v1/auth/login HTTP/1.1\r\n\(host)Content-Type: application/json\r\n"
    private static let hidden = "GET /health HTTP/1.1\r\n\(host)\r\n"

    /// Two servers must never disagree on where a body ends (RFC 9112, sections 6.1 and 6.3).
    private static let framing = [
        Probe(
            "length and chunked",
            post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden),
        Probe(
            "chunked and length",
            post + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" + hidden),
        Probe(
            "two lengths that differ",
            post + "Content-Length: 2\r\nContent-Length: 9\r\n\r\n{}1234567"),
        Probe("a list of lengths", post + "Content-Length: 2, 3\r\n\r\n{}x"),
        Probe("a length with a sign", post + "Content-Length: +2\r\n\r\n{}"),
        Probe("a negative length", post + "Content-Length: -2\r\n\r\n{}"),
        Probe("a hexadecimal length", post + "Content-Length: 0x2\r\n\r\n{}"),
        Probe("an empty length", post + "Content-Length: \r\n\r\n{}"),
        Probe(
            "a length beyond 64 bits",
            post + "Content-Length: 18446744073709551618\r\n\r\n{}"),
        Probe("an unknown coding", post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        Probe(
            "a coding after chunked",
            post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"),
        Probe("chunked twice", post + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
        Probe(
            "a vertical tab before chunked",
            post + "Transfer-Encoding: \u{B}chunked\r\n\r\n0\r\n\r\n" + hidden),
        Probe(
            "chunked in HTTP/1.0",
            "POST /api/v1/auth/login HTTP/1.0\r\n" + host
                + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ]

    private static let fields = [
        Probe("a space before the colon", post + "Content-Length : 2\r\n\r\n{}"),
        Probe("a folded field", get + host + "X-A: b\r\n c\r\n\r\n"),
        Probe("a space before the first field", get + " X-A: b\r\n" + host + "\r\n"),
        Probe("lines that end in LF only", "GET /health HTTP/1.1\nHost: a\n\n"),
        Probe("a CR within a value", get + host + "X: a\rb\r\n\r\n"),
        Probe("a NUL within a value", get + host + "X: a\0b\r\n\r\n"),
        Probe("a NUL within a name", get + host + "X\0: a\r\n\r\n"),
        Probe("a field without a name", get + host + ": a\r\n\r\n"),
        Probe("a field without a colon", get + host + "X-A\r\n\r\n"),
        Probe("a name with a slash", get + host + "X/A: b\r\n\r\n"),
        Probe("no host", get + "\r\n"),
        Probe("two hosts", get + host + host + "\r\n"),
        Probe("a host with a path", get + "Host: a/b\r\n\r\n"),
    ]

    private static let requestLines = [
        Probe("HTTP/3.7", "GET /health HTTP/3.7\r\n" + host + "\r\n"),
        Probe("a version in small letters", "GET /health http/1.1\r\n" + host + "\r\n"),
        Probe("two spaces", "GET  /health HTTP/1.1\r\n" + host + "\r\n"),
        Probe("a space in the target", "GET /hea lth HTTP/1.1\r\n" + host + "\r\n"),
        Probe("a tab for a space", "GET\t/health HTTP/1.1\r\n" + host + "\r\n"),
        Probe("a method with a brace", "G{T /health HTTP/1.1\r\n" + host + "\r\n"),
        Probe("a target without a slash", "GET health HTTP/1.1\r\n" + host + "\r\n"),
        Probe("a NUL in the target", "GET /hea\0lth HTTP/1.1\r\n" + host + "\r\n"),
        Probe("HTTP/0.9", "GET /health\r\n\r\n"),
    ]

    private static let chunked = post + "Transfer-Encoding: chunked\r\n\r\n"

    private static let chunks = [
        Probe("a chunk size with 0x", chunked + "0x2\r\n{}\r\n0\r\n\r\n"),
        Probe("bytes after a chunk's data", chunked + "2\r\n{}XX0\r\n\r\n"),
        Probe("chunks that end in LF only", chunked + "2\n{}\n0\n\n"),
        Probe("a chunk size beyond 64 bits", chunked + "10000000000000002\r\n{}\r\n0\r\n\r\n"),
        Probe("a negative chunk size", chunked + "-2\r\n{}\r\n0\r\n\r\n"),
        Probe("a chunk without a size", chunked + "\r\n{}\r\n0\r\n\r\n"),
        Probe("a space before a chunk size", chunked + " 2\r\n{}\r\n0\r\n\r\n"),
    ]

    private static let sizes = [
        Probe("a head of 40,000 bytes", get + host + "X: " + repeated("x", 40_000) + "\r\n\r\n"),
        Probe("a target of 40,000 bytes", "GET /" + repeated("x", 40_000) + " HTTP/1.1\r\n\r\n"),
        Probe("200 fields", get + host + repeated("X: y\r\n", 200) + "\r\n"),
        Probe("a body of 100 GB", post + "Content-Length: 107374182400\r\n\r\n{}"),
    ]

    private static func repeated(_ text: String, _ count: Int) -> String {
        String(repeating: text, count: count)
    }
}

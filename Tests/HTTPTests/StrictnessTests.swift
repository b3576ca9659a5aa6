import HTTP
import Testing

/// A request that must be refused, and the status it is refused with.
struct Probe: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String
    let status: Int

    init(_ name: String, _ text: String, _ status: Int = 400) {
        self.name = name
        self.text = text
        self.status = status
    }

    var testDescription: String { name }
}

private let chunked = "Transfer-Encoding: chunked\r\n"

private func head(_ fields: String) -> String { "GET / HTTP/1.1\r\n\(host)\(fields)\r\n" }

struct StrictnessTests {
    static let measured = [
        Probe(
            "length and coding",
            post("Content-Length: 4\r\n\(chunked)", "0\r\n\r\nGET /x HTTP/1.1\r\n\(host)\r\n")),
        Probe("two lengths", post("Content-Length: 2\r\nContent-Length: 9\r\n", "{}1234567")),
        Probe("length with sign", post("Content-Length: +2\r\n", "{}")),
        Probe("coding of a like name", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 501),
        Probe("two codings", post("\(chunked)Transfer-Encoding: identity\r\n", "0\r\n\r\n")),
        Probe("blank before colon", post("Content-Length : 2\r\n", "{}")),
        Probe("folded line", head("X-A: b\r\n c\r\n")),
        Probe("bare LF", "GET / HTTP/1.1\nHost: a\n\n"),
        Probe("bare CR in value", head("X: a\rb\r\n")),
        Probe("NUL in value", head("X: a\0b\r\n")),
        Probe("no host", "GET / HTTP/1.1\r\n\r\n"),
        Probe("two hosts", head(host)),
        Probe("version 3.7", "GET / HTTP/3.7\r\n\(host)\r\n", 505),
        Probe("chunk size with prefix", post(chunked, "0x2\r\n{}\r\n0\r\n\r\n")),
        Probe("junk after chunk", post(chunked, "2\r\n{}XX0\r\n\r\n")),
        Probe("chunk lines end in LF", post(chunked, "2\n{}\n0\n\n")),
    ]

    static let smuggling = [
        Probe("coding and length", post("\(chunked)Content-Length: 4\r\n", "0\r\n\r\n")),
        Probe("equal lengths twice", post("Content-Length: 2\r\nContent-Length: 2\r\n", "{}")),
        Probe("list of lengths", post("Content-Length: 2, 2\r\n", "{}")),
        Probe("negative length", post("Content-Length: -1\r\n")),
        Probe("hexadecimal length", post("Content-Length: 0x2\r\n", "{}")),
        Probe("empty length", post("Content-Length: \r\n")),
        Probe("length that overflows", post("Content-Length: 9223372036854775808\r\n")),
        Probe("length with blank inside", post("Content-Length: 1 2\r\n", "{}")),
        Probe("gzip, chunked", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 501),
        Probe("chunked, identity", post("Transfer-Encoding: chunked, identity\r\n"), 501),
        Probe("chunked twice", post("\(chunked)\(chunked)", "0\r\n\r\n")),
        Probe("quoted chunked", post("Transfer-Encoding: \"chunked\"\r\n"), 501),
        Probe("chunked after a tab character", post("Transfer-Encoding: \u{0b}chunked\r\n")),
        Probe("coding in HTTP/1.0", "POST / HTTP/1.0\r\n\(chunked)\r\n0\r\n\r\n"),
        Probe("two hosts that differ", head("Host: b\r\n")),
        Probe("empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n"),
        Probe("host with user", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n"),
        Probe("host with path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
        Probe("host with blank", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"),
        Probe("absolute target of another host", "GET http://b/ HTTP/1.1\r\n\(host)\r\n"),
        Probe("absolute target with user", "GET http://u@a/ HTTP/1.1\r\n\(host)\r\n"),
        Probe("absolute target of another scheme", "GET ftp://a/ HTTP/1.1\r\n\(host)\r\n"),
        Probe("target without slash", "GET x HTTP/1.1\r\n\(host)\r\n"),
        Probe("asterisk with GET", "GET * HTTP/1.1\r\n\(host)\r\n"),
        Probe("CONNECT", "CONNECT a:80 HTTP/1.1\r\n\(host)\r\n", 501),
        Probe("fragment in target", "GET /#a HTTP/1.1\r\n\(host)\r\n"),
        Probe("NUL in target", "GET /a\0b HTTP/1.1\r\n\(host)\r\n"),
        Probe("bytes above ASCII in target", "GET /ä HTTP/1.1\r\n\(host)\r\n"),
        Probe("tab after method", "GET\t/ HTTP/1.1\r\n\(host)\r\n"),
        Probe("two blanks after method", "GET  / HTTP/1.1\r\n\(host)\r\n"),
        Probe("blank after version", "GET / HTTP/1.1 \r\n\(host)\r\n"),
        Probe("no version", "GET /\r\n\(host)\r\n"),
        Probe("version in lower case", "GET / http/1.1\r\n\(host)\r\n"),
        Probe("version 1.10", "GET / HTTP/1.10\r\n\(host)\r\n"),
        Probe("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
        Probe("version 1.2", "GET / HTTP/1.2\r\n\(host)\r\n", 505),
        Probe("blank before request line", " GET / HTTP/1.1\r\n\(host)\r\n"),
        Probe("three empty lines first", "\r\n\r\n\r\nGET / HTTP/1.1\r\n\(host)\r\n"),
        Probe("blank before first field", "GET / HTTP/1.1\r\n Host: a\r\n\r\n"),
        Probe("tab before first field", "GET / HTTP/1.1\r\n\tHost: a\r\n\r\n"),
        Probe("field without name", head(": x\r\n")),
        Probe("field without colon", head("abc\r\n")),
        Probe("line end CR CR LF", head("X: a\r\r\n")),
        Probe("head ends in LF", "GET / HTTP/1.1\r\n\(host)\n"),
        Probe("DEL in value", head("X: a\u{7f}\r\n")),
        Probe("other expectation", post("Expect: 200-ok\r\nContent-Length: 2\r\n", "{}"), 417),
        Probe("long method", String(repeating: "A", count: 33) + " / HTTP/1.1\r\n\r\n", 501),
        Probe("chunk size with sign", post(chunked, "+2\r\n{}\r\n0\r\n\r\n")),
        Probe("chunk size after blank", post(chunked, " 2\r\n{}\r\n0\r\n\r\n")),
        Probe("blank after chunk size", post(chunked, "2 \r\n{}\r\n0\r\n\r\n")),
        Probe("no chunk size", post(chunked, "\r\n{}\r\n0\r\n\r\n")),
        Probe("no chunk size but extension", post(chunked, ";a\r\n{}\r\n0\r\n\r\n")),
        Probe("chunk size that overflows", post(chunked, "ffffffffffffffff\r\n{}\r\n")),
        Probe(
            "chunk size of many zeros", post(chunked, String(repeating: "0", count: 16) + "\r\n")),
        Probe("LF in chunk extension", post(chunked, "2;a\nb\r\n{}\r\n0\r\n\r\n")),
        Probe("CR in chunk extension", post(chunked, "2;a\rb\r\n{}\r\n0\r\n\r\n")),
        Probe("long chunk extension", post(chunked, "2;\(String(repeating: "a", count: 300))\r\n")),
        Probe(
            "many chunk extensions",
            post(
                chunked,
                String(repeating: "1;\(String(repeating: "a", count: 250))\r\nx\r\n", count: 20))),
        Probe("chunk shorter than said", post(chunked, "3\r\n{}\r\n0\r\n\r\n")),
        Probe("trailer without name", post(chunked, "0\r\n: x\r\n\r\n")),
        Probe("trailer folded", post(chunked, "0\r\nA: b\r\n c\r\n\r\n")),
        Probe("trailer ends in LF", post(chunked, "0\r\nA: b\n\r\n")),
        Probe("NUL in trailer", post(chunked, "0\r\nA: \0\r\n\r\n")),
    ]

    @Test(arguments: measured + smuggling)
    func `what another server could read differently is refused`(_ probe: Probe) {
        #expect(outcome(probe.text) == ["\(probe.status)"])
    }

    @Test(arguments: measured + smuggling)
    func `a refusal does not depend on how bytes arrive`(_ probe: Probe) {
        for size in [1, 2, 7] {
            let log = outcome(probe.text, inPiecesOf: size)
            #expect(log.last == "\(probe.status)", "in pieces of \(size)")
            #expect(log.count == 1, "in pieces of \(size)")
        }
    }

    @Test func `the limits of a head have their own answers`() {
        var limits = HTTPLimits()
        limits.headBytes = 400
        limits.targetBytes = 100
        limits.fields = 5
        let long = String(repeating: "a", count: 101)
        #expect(outcome("GET /\(long) HTTP/1.1\r\n\(host)\r\n", limits) == ["414"])
        #expect(outcome("GET /\(long)", limits) == ["414"])
        #expect(outcome(head("X: \(String(repeating: "b", count: 400))\r\n"), limits) == ["431"])
        #expect(outcome(head("X: \(String(repeating: "b", count: 400))"), limits) == ["431"])
        #expect(outcome(head(String(repeating: "X: a\r\n", count: 5)), limits) == ["431"])
        #expect(outcome(head(String(repeating: "X: a\r\n", count: 4)), limits) == ["GET /"])
        let trailers = post(chunked, "0\r\n" + String(repeating: "X: a\r\n", count: 6) + "\r\n")
        #expect(outcome(trailers, limits) == ["431"])
    }
}

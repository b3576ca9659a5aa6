import HTTP
import Testing

struct ConnectionStateTests {
    private static let mixed =
        "\r\nGET /a?b=c HTTP/1.1\r\n\(host)\r\n" + post("Content-Length: 9\r\n", "{\"a\":123}")
        + post(
            "Transfer-Encoding: Chunked\r\n",
            "4\r\n{\"a\"\r\n5;x=\"y\"\r\n:123}\r\n0\r\nT: v\r\n\r\n")
        + post("Content-Length: 0\r\n") + post("Transfer-Encoding: chunked\r\n", "0\r\n\r\n")
        + "OPTIONS * HTTP/1.1\r\n\(host)\r\nGET http://A/x HTTP/1.1\r\n\(host)Connection: x, Close\r\n\r\nGET /no"

    @Test(arguments: [1, 2, 3, 5, 8, 13, 21, 64, 10_000])
    func `requests are the same however their bytes arrive`(_ size: Int) {
        #expect(
            outcome(Self.mixed, inPiecesOf: size).map { $0.trimmingBlanks } == [
                "GET /a?b=c", "POST /u {\"a\":123}", "POST /u {\"a\":123}", "POST /u", "POST /u",
                "OPTIONS *", "GET /x", "last",
            ])
    }

    @Test func `the next request waits for the answer`() {
        var exchange = Exchange(answering: .never)
        exchange.feed("GET /1 HTTP/1.1\r\n\(host)\r\nGET /2 HTTP/1.1\r\n\(host)\r\n")
        #expect(exchange.log == ["GET /1"])
        #expect(!exchange.state.wantsBytes)
        exchange.answer()
        exchange.run()
        #expect(exchange.log == ["GET /1", "GET /2"])
    }

    @Test(arguments: [
        ("HTTP/1.1", "", true), ("HTTP/1.1", "close", false), ("HTTP/1.0", "", false),
        ("HTTP/1.0", "keep-alive", true), ("HTTP/1.0", "Upgrade , Keep-Alive", true),
        ("HTTP/1.1", "keep-alive, close", false), ("HTTP/1.1", "close, keep-alive", false),
        ("HTTP/1.1", "closed", true), ("HTTP/1.1", ",,close", false),
    ])
    func `connections are kept as version and tokens say`(
        _ version: String, _ tokens: String, _ keeps: Bool
    ) {
        let field = tokens.isEmpty ? "" : "Connection: \(tokens)\r\n"
        let log = outcome("GET / \(version)\r\n\(host)\(field)\r\n")
        #expect(log == (keeps ? ["GET /"] : ["GET /", "last"]))
    }

    @Test func `a draining connection answers what it has and no more`() {
        var exchange = Exchange()
        exchange.state.isDraining = true
        exchange.feed("GET /1 HTTP/1.1\r\n\(host)\r\nGET /2 HTTP/1.1\r\n\(host)\r\n")
        #expect(exchange.log == ["GET /1", "last"])
    }

    @Test func `a client that expects to be told is told when the handler reads`() {
        var exchange = Exchange(answering: .never)
        exchange.feed(post("Expect: 100-continue\r\nContent-Length: 2\r\n"))
        let mustTell = exchange.state.resumeBody(0)
        let mustTellAgain = exchange.state.resumeBody(0)
        #expect(mustTell)
        #expect(!mustTellAgain)
        exchange.feed("{}")
        #expect(exchange.log == ["POST /u {}"])
    }

    @Test func `an answer without reading ends the connection of one who was not told`() {
        var exchange = Exchange(answering: .never)
        exchange.feed(post("Expect: 100-continue\r\nContent-Length: 2\r\n"))
        let keeps = exchange.state.beginAnswer()
        #expect(!keeps)
        let next = exchange.state.endAnswer(0)
        #expect(next == .linger)
    }

    @Test func `a body that is there needs no telling`() {
        var exchange = Exchange(answering: .never)
        exchange.feed(post("Expect: 100-continue\r\nContent-Length: 2\r\n", "{"))
        let mustTell = exchange.state.resumeBody(0)
        #expect(!mustTell)
    }

    @Test func `the short rest of an unread body is read away`() {
        var exchange = Exchange(answering: .never)
        exchange.feed(post("Content-Length: 10\r\n", "12345"))
        let keeps = exchange.state.beginAnswer()
        #expect(keeps)
        let next = exchange.state.endAnswer(0)
        #expect(next == .read)
        exchange.feed("67890GET /2 HTTP/1.1\r\n\(host)\r\n")
        #expect(exchange.log == ["GET /2"])
    }

    @Test(arguments: ["Content-Length: 1000000\r\n", "Transfer-Encoding: chunked\r\n"])
    func `the long rest of an unread body closes the connection`(_ field: String) {
        var exchange = Exchange(answering: .never)
        exchange.feed(post(field, "5"))
        let keeps = exchange.state.beginAnswer()
        #expect(!keeps)
        let next = exchange.state.endAnswer(0)
        #expect(next == .linger)
    }

    @Test func `a handler that falls behind stops the reading`() {
        var exchange = Exchange(answering: .never)
        exchange.feed(post("Content-Length: 4\r\n", "12"))
        exchange.state.pauseBody(0)
        #expect(!exchange.state.wantsBytes)
        exchange.feed("34")
        #expect(exchange.log == [])
        let mustTell = exchange.state.resumeBody(0)
        #expect(!mustTell)
        exchange.run()
        #expect(exchange.log == ["POST /u 1234"])
    }

    @Test func `a lingering connection hears out a bounded number of bytes`() {
        var limits = HTTPLimits()
        limits.lingerBytes = 10
        var exchange = Exchange(limits)
        exchange.feed("bad request\r\n")
        #expect(exchange.log == ["400"])
        let scratch = HeadScratch(limits: limits)
        var verdicts: [Bool] = []
        for _ in 0..<3 {
            var used = 0
            [UInt8](repeating: 0, count: 6).withUnsafeBufferPointer { bytes in
                let step = exchange.state.next(bytes, scratch: scratch, now: 0, used: &used)
                if case .close = step { verdicts.append(true) } else { verdicts.append(false) }
            }
        }
        #expect(verdicts == [false, true, true])
    }
}

struct DeadlineTests {
    @Test func `an idle connection is closed without a word`() {
        var exchange = Exchange()
        exchange.pass(.seconds(74))
        #expect(exchange.log == [])
        exchange.pass(.seconds(1))
        #expect(exchange.log == ["close"])
    }

    @Test func `a head must be complete in its time`() {
        var exchange = Exchange()
        exchange.feed("GET / HT")
        exchange.pass(.seconds(5))
        exchange.feed("T")
        exchange.pass(.seconds(5))
        #expect(exchange.log == ["408"])
    }

    @Test func `a body must come at its rate`() {
        var exchange = Exchange()
        exchange.feed(post("Content-Length: 100000\r\n"))
        for _ in 0..<3 {
            exchange.pass(.seconds(9))
            exchange.feed([UInt8](repeating: 0x61, count: 6000))
        }
        #expect(exchange.log == [])
        exchange.pass(.seconds(9))
        exchange.feed("slow")
        exchange.pass(.seconds(1))
        #expect(exchange.log == ["408"])
    }

    @Test func `a handler has its time`() {
        var exchange = Exchange(answering: .never)
        exchange.feed("GET / HTTP/1.1\r\n\(host)\r\n")
        exchange.pass(.seconds(59))
        #expect(exchange.log == ["GET /"])
        exchange.pass(.seconds(1))
        #expect(exchange.log == ["GET /", "504"])
    }

    @Test func `while a body is awaited the handler is not to blame`() {
        var exchange = Exchange(answering: .never)
        exchange.feed(post("Content-Length: 100000\r\n"))
        for _ in 0..<10 {
            exchange.pass(.seconds(9))
            exchange.feed([UInt8](repeating: 0x61, count: 6000))
        }
        #expect(exchange.log == [])
        exchange.state.pauseBody(exchange.now)
        exchange.pass(.seconds(60))
        #expect(exchange.log == ["504"])
    }

    @Test func `a client that does not read is cut`() {
        var exchange = Exchange()
        exchange.state.outputWaits(0)
        exchange.pass(.seconds(29))
        #expect(exchange.log == [])
        exchange.pass(.seconds(1))
        #expect(exchange.log == ["close"])
    }

    @Test func `the time of a kept connection begins anew with each answer`() {
        var exchange = Exchange()
        for _ in 0..<3 {
            exchange.pass(.seconds(70))
            exchange.feed("GET / HTTP/1.1\r\n\(host)\r\n")
        }
        #expect(exchange.log == ["GET /", "GET /", "GET /"])
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}

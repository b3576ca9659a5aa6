import HTTP
import Testing

/// RFC 6455, case by case.
struct WebSocketCaseTests {
    @Test(arguments: WebSocketCase.all)
    func `a client's frames are taken by the specification`(_ one: WebSocketCase) {
        var exchange = WebSocketExchange { $0.messageBytes = WebSocketCase.messageBytes }
        exchange.feed(one.bytes)
        #expect(exchange.log == one.log)
    }

    @Test(arguments: WebSocketCase.all)
    func `it does not matter in which pieces they come`(_ one: WebSocketCase) {
        for size in [1, 3, 1000] where one.bytes.count / size < 3000 {
            var exchange = WebSocketExchange { $0.messageBytes = WebSocketCase.messageBytes }
            exchange.feed(one.bytes, inPiecesOf: size)
            #expect(exchange.log == one.log)
        }
    }

    @Test func `there are more than a hundred cases, each with a name of its own`() {
        let names = WebSocketCase.all.map(\.testDescription)
        #expect(names.count > 100)
        #expect(Set(names).count == names.count)
    }
}

struct WebSocketClosingTests {
    @Test func `a client that closes is answered, and how it ended is known`() {
        var exchange = WebSocketExchange()
        exchange.feed(ClientFrame.close(4000, Array("done".utf8)))
        #expect(exchange.log == ["close 4000"])
        #expect(exchange.state.isLingering)
        #expect(exchange.state.end == WebSocketEnd(.application(4000), "done", isClean: true))
    }

    @Test func `a close without a code is one without a code`() {
        var exchange = WebSocketExchange()
        exchange.feed(ClientFrame.close())
        #expect(exchange.state.end == WebSocketEnd(.none, isClean: true))
    }

    @Test func `the server closes and the client agrees`() {
        var exchange = WebSocketExchange()
        exchange.close(.goingAway, "stop")
        #expect(!exchange.state.isOpen)
        #expect(exchange.state.end == WebSocketEnd(.goingAway, "stop", isClean: false))
        exchange.feed(ClientFrame.close(1001))
        #expect(exchange.log == ["over"])
        #expect(exchange.state.end == WebSocketEnd(.goingAway, "stop", isClean: true))
    }

    @Test func `what comes while the server closes is not handled`() {
        var exchange = WebSocketExchange()
        exchange.close(.normal)
        exchange.feed(ClientFrame.text("late") + ClientFrame.ping() + ClientFrame.pong())
        #expect(exchange.log.isEmpty)
        exchange.feed(ClientFrame.bytes(3))
        #expect(exchange.log == ["over"])
        #expect(!exchange.state.end.isClean)
    }

    @Test func `a mistake of the client ends it with its code`() {
        var exchange = WebSocketExchange()
        exchange.feed(ClientFrame.bytes(1, [0xff]))
        #expect(exchange.state.end == WebSocketEnd(.invalidData, isClean: false))
        #expect(exchange.state.isLingering)
    }

    @Test func `a client that leaves without a word ended abnormally`() {
        var exchange = WebSocketExchange()
        exchange.feed(ClientFrame.text("hello"))
        #expect(exchange.state.end == WebSocketEnd(.abnormal, isClean: false))
    }

    @Test func `a client that does not answer a close is cut`() {
        var exchange = WebSocketExchange()
        exchange.close(.normal)
        exchange.pass(4)
        #expect(exchange.log.isEmpty)
        exchange.pass(1)
        #expect(exchange.log == ["cut"])
    }

    @Test func `a client that does not close its connection is cut`() {
        var exchange = WebSocketExchange()
        exchange.feed(ClientFrame.close(1000))
        exchange.pass(5)
        #expect(exchange.log == ["close 1000", "cut"])
    }
}

struct WebSocketTimeTests {
    @Test func `a silent client is pinged, and cut when it stays silent`() {
        var exchange = WebSocketExchange()
        exchange.pass(29)
        #expect(exchange.log.isEmpty)
        exchange.pass(1)
        exchange.pass(19)
        #expect(exchange.log == ["ping"])
        exchange.pass(1)
        #expect(exchange.log == ["ping", "cut"])
    }

    @Test(arguments: [ClientFrame.pong(), ClientFrame.text("a"), [0x81]])
    func `any byte shows that the client is there`(_ bytes: [UInt8]) {
        var exchange = WebSocketExchange()
        exchange.pass(30)
        exchange.pass(10)
        exchange.feed(bytes)
        exchange.pass(29)
        #expect(exchange.log.filter { $0 != "text a" } == ["ping"])
        exchange.pass(1)
        #expect(exchange.log.filter { $0 != "text a" } == ["ping", "ping"])
    }

    @Test func `a message has to end in time, whatever stands between its fragments`() {
        var exchange = WebSocketExchange()
        exchange.feed(ClientFrame.text("a", final: false))
        for _ in 0..<5 {
            exchange.pass(11)
            exchange.feed(ClientFrame.ping("x") + ClientFrame.more("b", final: false))
        }
        #expect(exchange.log == [String](repeating: "pong x", count: 5))
        exchange.pass(5)
        #expect(exchange.log.last == "close 1008")
    }

    @Test func `the next message has its own time`() {
        var exchange = WebSocketExchange()
        for _ in 0..<10 {
            exchange.feed(ClientFrame.text("a", final: false))
            exchange.pass(20)
            exchange.feed(ClientFrame.more("b", final: true))
        }
        #expect(exchange.log == [String](repeating: "text ab", count: 10))
    }

    @Test func `while the server does not read, silence is not the client's`() {
        var exchange = WebSocketExchange()
        exchange.feed(ClientFrame.text("a", final: false))
        exchange.pause()
        exchange.pass(3600)
        #expect(exchange.log.isEmpty)
        exchange.resume()
        exchange.pass(30)
        #expect(exchange.log == ["ping"])
    }

    @Test func `a client that reads nothing of what waits is cut`() {
        var exchange = WebSocketExchange()
        exchange.outputWaits()
        exchange.pass(20)
        exchange.outputWaits()
        exchange.feed(ClientFrame.pong())
        exchange.pass(20)
        exchange.outputIsSent()
        exchange.feed(ClientFrame.pong())
        exchange.pass(29)
        #expect(exchange.log.isEmpty)
        exchange.outputWaits()
        exchange.feed(ClientFrame.pong())
        exchange.pass(30)
        #expect(exchange.log == ["cut"])
    }

    @Test func `nothing is asked of a socket before its next deadline`() {
        let exchange = WebSocketExchange { $0.pingInterval = .seconds(7) }
        #expect(exchange.state.deadline == 7_000_000_000)
    }
}

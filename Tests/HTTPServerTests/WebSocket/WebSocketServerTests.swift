import HTTP
import HTTPServer
import Loop
import Testing

/// What a client of a WebSocket meets.
struct WebSocketServerTests {
    // RFC 6455 §1.3 and §4.2.2.
    @Test func `a handshake is answered with what proves that it was read`() async throws {
        try await withWebSockets { server, port in
            let client = try TestClient(port)
            let answer = client.get(
                "/", TestClient.upgrade() + "Sec-WebSocket-Protocol: x, b, a\r\n")
            #expect(answer.status == 101)
            #expect(answer["upgrade"] == "websocket")
            #expect(answer["connection"] == "upgrade")
            #expect(answer["sec-websocket-accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
            #expect(answer["sec-websocket-protocol"] == "b")
            #expect(answer["content-length"] == nil)
            client.send(frame: 1, "a")
            #expect(client.readFrame() == "text a")
            #expect(server.counts.webSockets == 1)
            #expect(server.counts.open == 1)
            #expect(server.counts.answersByKind[1] == 1)
        }
    }

    // RFC 6455 §4.4, RFC 9110 §15.5.22: and the connection goes on.
    @Test func `what is no handshake is told to upgrade`() async throws {
        try await withWebSockets { _, port in
            let client = try TestClient(port)
            for fields in ["", TestClient.upgrade(version: "12")] {
                let answer = client.get("/", fields)
                #expect(answer.status == 426)
                #expect(answer["sec-websocket-version"] == "13")
                #expect(answer["upgrade"] == "websocket")
                #expect(answer["connection"] == "upgrade")
            }
            let broken = client.get("/", "Upgrade: websocket\r\nConnection: upgrade\r\n")
            #expect(broken.status == 400)
            #expect(client.get("/", TestClient.upgrade()).status == 101)
        }
    }

    @Test func `HTTP 1.0 and other methods cannot upgrade`() async throws {
        try await withWebSockets { _, port in
            for line in ["GET / HTTP/1.0", "POST / HTTP/1.1"] {
                let client = try TestClient(port)
                client.send("\(line)\r\nHost: a\r\n\(TestClient.upgrade())\r\n")
                #expect(client.readAnswer().status == 426)
            }
        }
    }

    @Test func `text and bytes come back`() async throws {
        let handler = Scripted()
        try await withWebSockets(handler) { _, port in
            let client = try TestClient.webSocket(port)
            client.send(frame: 1, "hello")
            #expect(client.readFrame() == "text hello")
            client.send(frame: 2, "\0\u{1}")
            #expect(client.readFrame() == "binary of 2")
            client.send(TestClient.frame(2, [UInt8](repeating: 7, count: 1_000_000)))
            #expect(client.readFrame() == "binary of 1000000")
            client.send(frame: 9, "still there?")
            #expect(client.readFrame() == "pong still there?")
            client.send(TestClient.closeNormally)
            #expect(client.readFrame() == "close 1000 ")
            #expect(client.readFrame() == "end")
        }
        await handler.hasClosed.wait()
        #expect(handler.lines == ["opened", "hello", "2 bytes", "1000000 bytes", "closed 1000 "])
    }

    @Test func `frames behind the handshake and requests before it keep their places`()
        async throws
    {
        try await withWebSockets { _, port in
            let client = try TestClient(port)
            client.send(
                Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n\(TestClient.handshake)".utf8)
                    + TestClient.frame(1, Array("early".utf8)))
            #expect(client.readAnswer().status == 426)
            #expect(client.readAnswer().status == 101)
            #expect(client.readFrame() == "text early")
        }
    }

    @Test func `frames may come byte by byte`() async throws {
        try await withWebSockets { _, port in
            let client = try TestClient.webSocket(port)
            for byte in TestClient.frame(1, Array("crumbs".utf8)) { client.send([byte]) }
            #expect(client.readFrame() == "text crumbs")
        }
    }

    @Test func `a route may upgrade after it has waited`() async throws {
        let handler = Scripted()
        let answer: RequestHandler = { request in
            try? await EventLoop.current?.sleep(for: .milliseconds(1))
            return await handler.answer(request)
        }
        try await withServer(handler: answer) { _, port in
            let client = try TestClient(port)
            client.send(
                Array(TestClient.handshake.utf8) + TestClient.frame(1, Array("early".utf8)))
            #expect(client.readAnswer().status == 101)
            #expect(client.readFrame() == "text early")
        }
    }

    @Test(
        arguments: [
            ("no mask", [0x81, 0x01, 0x61], "close 1002 "),
            ("reserved bit", [0xc1, 0x80], "close 1002 "),
            ("ping in fragments", [0x09, 0x80, 0, 0, 0, 0], "close 1002 "),
            ("no text", [0x81, 0x81, 0, 0, 0, 0, 0xff], "close 1007 "),
            ("huge", [0x82, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0], "close 1009 "),
            ("negative", [0x82, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0], "close 1002 "),
        ] as [(String, [UInt8], String)])
    func `a client that breaks the rules can read why`(
        _ name: String, _ bytes: [UInt8], _ close: String
    ) async throws {
        let handler = Scripted()
        try await withWebSockets(handler) { _, port in
            let client = try TestClient.webSocket(port)
            // What follows, a lot of it unread, must not make the close a reset.
            client.send(bytes + [UInt8](repeating: 0, count: 300_000))
            #expect(client.readFrame() == close, "\(name)")
            #expect(client.readFrame() == "end")
        }
        await handler.hasClosed.wait()
        #expect(handler.lines.last?.hasSuffix("unclean") == true)
    }

    @Test func `a client that leaves without a word is missed`() async throws {
        let handler = Scripted()
        try await withWebSockets(handler) { server, port in
            do {
                _ = try TestClient.webSocket(port)
                await handler.hasOpened.wait()
            }
            await handler.hasClosed.wait()
            #expect(handler.lines == ["opened", "closed 1006  unclean"])
            #expect(server.counts.webSockets == 0)
            #expect(server.counts.open == 0)
        }
    }

    @Test func `a client that leaves ends what its handler was doing`() async throws {
        let (started, cancelled) = (Signal(), Signal())
        let handler = Scripted(received: { _, _ async throws(WriteError) in
            started.fire()
            try? await EventLoop.current?.sleep(for: .seconds(3600))
            if Task.isCancelled { cancelled.fire() }
        })
        try await withWebSockets(handler) { _, port in
            do {
                let client = try TestClient.webSocket(port)
                client.send(frame: 1, "wait")
                await started.wait()
            }
            await cancelled.wait()
            await handler.hasClosed.wait()
        }
    }

    @Test func `a silent client is pinged and then cut`() async throws {
        let handler = Scripted()
        let limits = bounded {
            $0.pingInterval = .milliseconds(20)
            $0.pongTime = .milliseconds(200)
        }
        try await withWebSockets(handler, limits: limits) { _, port in
            let client = try TestClient.webSocket(port)
            #expect(client.readFrame() == "ping")
            client.send(frame: 10)
            #expect(client.readFrame() == "ping")
            #expect(client.readFrame() == "end")
            await handler.hasClosed.wait()
            #expect(handler.lines.last == "closed 1006  unclean")
        }
    }

    @Test func `a message has to end in time`() async throws {
        try await withWebSockets(limits: bounded { $0.messageTime = .milliseconds(20) }) {
            _, port in
            let client = try TestClient.webSocket(port)
            client.send([0x01, 0x81, 0, 0, 0, 0, 0x61])
            #expect(client.readFrame() == "close 1008 ")
        }
    }

    @Test func `a route may have limits of its own`() async throws {
        var limits = WebSocketLimits()
        limits.messageBytes = 3
        try await withWebSockets(rules: WebSocketRules(limits)) { _, port in
            let client = try TestClient.webSocket(port)
            client.send(frame: 1, "abc")
            #expect(client.readFrame() == "text abc")
            client.send(frame: 1, "abcd")
            #expect(client.readFrame() == "close 1009 ")
        }
    }

    @Test func `messages beyond what the handler takes wait in the client`() async throws {
        let (mayGoOn, started) = (Signal(), Signal())
        let handler = Scripted(received: { _, _ async throws(WriteError) in
            started.fire()
            await mayGoOn.wait()
        })
        try await withWebSockets(handler, limits: bounded { $0.backlogBytes = 10_000 }) {
            server, port in
            let client = try TestClient.webSocket(port)
            let message = TestClient.frame(2, [UInt8](repeating: 1, count: 1000))
            for _ in 0..<150 { client.send(message) }
            client.send(TestClient.closeNormally)
            await started.wait()
            // The backlog is full after at most one more read of 64 KB, however long this takes.
            #expect(handler.lines == ["opened", "1000 bytes"])
            #expect(server.counts.bytesIn < 80_000)
            mayGoOn.fire()
            #expect(client.readFrame() == "close 1000 ")
            #expect(client.readFrame() == "end")
        }
        await handler.hasClosed.wait()
        #expect(handler.lines.count == 152)
        #expect(handler.lines.last == "closed 1000 ")
    }
}

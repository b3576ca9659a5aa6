import HTTP
import HTTPServer
import Loop
import Synchronization
import Testing

/// What a server says of its own accord, and to whom it cannot say it.
struct WebSocketSendingTests {
    /// A hundred and fifty of these are more than the system keeps for one connection.
    private static let flood = WebSocketFrame.binary([UInt8](repeating: 7, count: 100_000))

    @Test func `a socket is sent to from any thread, in order`() async throws {
        let handler = Scripted()
        try await withWebSockets(handler) { _, port in
            let client = try TestClient.webSocket(port)
            await handler.hasOpened.wait()
            let socket = try #require(handler.open)
            for number in 0..<1000 { try await socket.send(.text("\(number)")) }
            for number in 0..<1000 { #expect(client.readFrame() == "text \(number)") }
            #expect(socket.isOpen)
        }
    }

    @Test func `threads that send at once are heard whole and each in its order`() async throws {
        let handler = Scripted()
        try await withWebSockets(handler) { _, port in
            let client = try TestClient.webSocket(port)
            await handler.hasOpened.wait()
            let socket = try #require(handler.open)
            let others = EventLoopGroup(count: 4)
            others.start()
            for (sender, loop) in others.loops.enumerated() {
                loop.spawn(throwing: {
                    for number in 0..<200 { try await socket.send(.text("\(sender) \(number)")) }
                })
            }
            var next = [0, 0, 0, 0]
            for _ in 0..<800 {
                let numbers = client.readFrame().split(separator: " ").compactMap { Int($0) }
                try #require(numbers.count == 2)
                #expect(next[numbers[0]] == numbers[1])
                next[numbers[0]] += 1
            }
            others.stop()
            others.join()
        }
    }

    @Test func `the server closes with a code and a reason, after what it said`() async throws {
        let handler = Scripted(received: { _, socket async throws(WriteError) in
            #expect(socket.offer(.text("last words")))
            socket.close(.application(4001), "session revoked")
            #expect(!socket.isOpen)
            #expect(!socket.offer(.text("too late")))
            await #expect(throws: WriteError.self) { try await socket.send(.text("too late")) }
        })
        try await withWebSockets(handler) { _, port in
            let client = try TestClient.webSocket(port)
            client.send(frame: 1, "go")
            #expect(client.readFrame() == "text last words")
            #expect(client.readFrame() == "close 4001 session revoked")
            client.send(frame: 1, "not handled")
            client.send(TestClient.frame(8, [0x0f, 0xa1]))
            #expect(client.readFrame() == "end")
        }
        await handler.hasClosed.wait()
        #expect(handler.lines == ["opened", "go", "closed 4001 session revoked"])
    }

    @Test func `a client that does not answer a close is cut`() async throws {
        let handler = Scripted(opened: { $0.close(.policyViolation, "") })
        try await withWebSockets(handler, limits: bounded { $0.closeTime = .milliseconds(20) }) {
            _, port in
            let client = try TestClient.webSocket(port)
            #expect(client.readFrame() == "close 1008 ")
            #expect(client.readFrame() == "end")
            await handler.hasClosed.wait()
            #expect(handler.lines.last == "closed 1008  unclean")
        }
    }

    @Test func `what cannot be taken is refused, and a cut forgets it`() async throws {
        let handler = Scripted(opened: { socket in
            var offers = 0
            while socket.offer(Self.flood) { offers += 1 }
            #expect(offers == 2)
            #expect(socket.pendingBytes == 2 * Self.flood.bytes.count)
            socket.close(.normal, "this is forgotten, too")
            socket.cut(.tryAgainLater, "too slow")
        })
        try await withWebSockets(handler, limits: bounded { $0.pendingOutputBytes = 250_000 }) {
            _, port in
            let client = try TestClient.webSocket(port)
            #expect(client.readFrame() == "close 1013 too slow")
        }
    }

    @Test func `a cut leaves a frame that has begun whole`() async throws {
        let handler = Scripted()
        try await withWebSockets(handler) { _, port in
            let client = try TestClient.webSocket(port)
            await handler.hasOpened.wait()
            let socket = try #require(handler.open)
            var offers = 0
            while socket.offer(Self.flood) { offers += 1 }
            socket.cut(.tryAgainLater, "too slow")
            var frames: [String] = []
            repeat { frames.append(client.readFrame()) } while frames.last == "binary of 100000"
            #expect(frames.last == "close 1013 too slow")
            #expect(frames.count <= offers + 1)
            client.send(TestClient.frame(8, [0x03, 0xf5]))
            #expect(client.readFrame() == "end")
        }
        await handler.hasClosed.wait()
        #expect(handler.lines.last == "closed 1013 too slow")
    }

    @Test func `a frame above the limit is taken when nothing else waits`() async throws {
        let handler = Scripted(opened: { socket in
            #expect(socket.offer(Self.flood))
            #expect(!socket.offer(.text("no room")))
        })
        try await withWebSockets(handler, limits: bounded { $0.pendingOutputBytes = 1000 }) {
            _, port in
            let client = try TestClient.webSocket(port)
            #expect(client.readFrame() == "binary of 100000")
        }
    }

    @Test func `sending waits for a client that does not read`() async throws {
        let sent = Mutex(0)
        let allSent = Signal()
        let handler = Scripted(opened: { socket in
            do throws(WriteError) {
                for _ in 0..<150 {
                    try await socket.send(Self.flood)
                    sent.withLock { $0 += 1 }
                }
                allSent.fire()
            } catch {}
        })
        try await withWebSockets(handler, limits: bounded { $0.pendingOutputBytes = 150_000 }) {
            _, port in
            let client = try TestClient.webSocket(port)
            await handler.hasOpened.wait()
            #expect(sent.withLock { $0 } < 150)
            for _ in 0..<150 { #expect(client.readFrame() == "binary of 100000") }
            await allSent.wait()
        }
    }

    @Test func `whoever waits to send is told when the client is gone`() async throws {
        let failed = Signal()
        let handler = Scripted(opened: { socket in
            do throws(WriteError) {
                while true { try await socket.send(Self.flood) }
            } catch {
                failed.fire()
            }
        })
        try await withWebSockets(handler) { _, port in
            do {
                let client = try TestClient.webSocket(port)
                #expect(client.readFrame() == "binary of 100000")
            }
            await failed.wait()
            await handler.hasClosed.wait()
        }
    }

    @Test func `a client that reads nothing of what waits is cut`() async throws {
        let handler = Scripted(opened: { socket in
            do throws(WriteError) {
                while true { try await socket.send(Self.flood) }
            } catch {}
        })
        try await withWebSockets(handler, limits: bounded { $0.writeTime = .milliseconds(50) }) {
            _, port in
            let client = try TestClient.webSocket(port)
            await handler.hasClosed.wait()
            withExtendedLifetime(client) {}
            #expect(handler.lines.last == "closed 1006  unclean")
        }
    }

    // RFC 6455 §5.5.3: the latest ping is the one to answer.
    @Test func `a client that only pings and does not read fills no memory`() async throws {
        let handler = Scripted()
        try await withWebSockets(handler) { _, port in
            let client = try TestClient.webSocket(port)
            await handler.hasOpened.wait()
            let ping = TestClient.frame(9, [UInt8](repeating: 0x61, count: 125))
            let pings = (0..<1000).flatMap { _ in ping }
            for _ in 0..<50 {
                client.send(pings)
                #expect(handler.open?.pendingBytes ?? 0 < 5000)
            }
            client.send(frame: 9, "last")
            var answer = ""
            while answer != "pong last", answer != "end" { answer = client.readFrame() }
            #expect(answer == "pong last")
        }
    }

    @Test func `a stopping server says so and lets its clients go`() async throws {
        let handler = Scripted(farewell: "come back in 5 seconds")
        try await withWebSockets(handler) { server, port in
            let client = try TestClient.webSocket(port)
            await handler.hasOpened.wait()
            let drained = Signal()
            // Begun here: the threads that tasks share may all be reading from sockets.
            Task.immediate {
                await server.drain(within: .seconds(60))
                drained.fire()
            }
            #expect(client.readFrame() == "text come back in 5 seconds")
            #expect(client.readFrame() == "close 1001 ")
            client.send(TestClient.frame(8, [0x03, 0xe9]))
            #expect(client.readFrame() == "end")
            client.finishSending()
            await drained.wait()
            await handler.hasClosed.wait()
            #expect(handler.lines == ["opened", "closed 1001 "])
        }
    }
}

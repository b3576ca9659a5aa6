import HTTP
import HTTPServer
import Loop
import Synchronization
import Testing

/// Waits until it is cancelled, and tells.
private func waiting(_ started: Signal, _ cancelled: Signal) -> RequestHandler {
    { request in
        if request.path != "/wait" { return .text("ok") }
        started.fire()
        try? await EventLoop.current?.sleep(for: .seconds(3600))
        if Task.isCancelled { cancelled.fire() }
        return .text("too late")
    }
}

struct LimitTests {
    @Test func `heads beyond their limits get their statuses`() async throws {
        let configuration = limited {
            $0.headBytes = 2000
            $0.targetBytes = 500
            $0.fields = 10
        }
        let long = String(repeating: "a", count: 600)
        let probes = [
            ("GET /\(long) HTTP/1.1\r\nHost: a\r\n\r\n", "414"),
            (
                "GET / HTTP/1.1\r\nHost: a\r\n"
                    + String(repeating: "X: \(long)\r\n", count: 4) + "\r\n", "431"
            ),
            (
                "GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "X: a\r\n", count: 10) + "\r\n",
                "431"
            ),
        ]
        try await withServer(configuration) { _, port in
            for (probe, status) in probes {
                let client = try TestClient(port)
                client.send(probe)
                #expect(client.readToEnd()?.dropFirst(9).prefix(3) ?? "" == status)
            }
        }
    }

    @Test func `an idle connection is closed`() async throws {
        try await withServer(limited { $0.idleTime = .milliseconds(20) }) { server, port in
            let client = try TestClient(port)
            #expect(client.get("/").status == 200)
            #expect(client.readToEnd() == "")
            let silent = try TestClient(port)
            #expect(silent.readToEnd() == "")
            #expect(server.counts.requests == 1)
        }
    }

    @Test func `a slow head is answered with 408`() async throws {
        try await withServer(limited { $0.headTime = .milliseconds(20) }) { _, port in
            let client = try TestClient(port)
            client.send("GET / HTTP/1.1\r\nHo")
            #expect(client.readToEnd()?.hasPrefix("HTTP/1.1 408 ") == true)
        }
    }

    @Test func `a slow body is answered with 408 and its handler is cancelled`() async throws {
        let outcome = Mutex<BodyError?>(nil)
        let finished = Signal()
        let handler: RequestHandler = { request in
            do {
                _ = try await request.body.collect(upTo: 1000)
            } catch {
                outcome.withLock { $0 = error as? BodyError }
            }
            finished.fire()
            return .text("never seen")
        }
        let configuration = limited { $0.bodySpan = .milliseconds(20) }
        try await withServer(configuration, handler: handler) { _, port in
            let client = try TestClient(port)
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
            #expect(client.readToEnd()?.hasPrefix("HTTP/1.1 408 ") == true)
            await finished.wait()
            #expect(outcome.withLock { $0 } == .disconnected)
        }
    }

    @Test func `a slow handler is answered with 504 and cancelled`() async throws {
        let (started, cancelled) = (Signal(), Signal())
        let configuration = limited { $0.handlerTime = .milliseconds(20) }
        try await withServer(configuration, handler: waiting(started, cancelled)) { server, port in
            let client = try TestClient(port)
            client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(client.readToEnd()?.hasPrefix("HTTP/1.1 504 ") == true)
            await cancelled.wait()
            #expect(server.counts.answersByKind[5] == 1)
        }
    }

    @Test func `when the client leaves its handler is cancelled`() async throws {
        let (started, cancelled) = (Signal(), Signal())
        try await withServer(handler: waiting(started, cancelled)) { _, port in
            do {
                let client = try TestClient(port)
                client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
                await started.wait()
            }
            await cancelled.wait()
        }
    }

    @Test func `when the client leaves a stream its producer fails`() async throws {
        let failed = Signal()
        let handler: RequestHandler = { _ in
            .events { writer in
                do {
                    while true {
                        try await writer.send(ServerSentEvent(data: "x"))
                        try await EventLoop.current?.sleep(for: .milliseconds(1))
                    }
                } catch {
                    failed.fire()
                    throw error
                }
            }
        }
        try await withServer(handler: handler) { _, port in
            do {
                let client = try TestClient(port)
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(client.read(through: "data: x\n\n").contains("text/event-stream"))
            }
            await failed.wait()
        }
    }

    @Test func `too many connections are turned away with 503`() async throws {
        try await withServer(limited { $0.connections = 2 }) { server, port in
            let first = try TestClient(port)
            let second = try TestClient(port)
            #expect(first.get("/").status == 200)
            #expect(second.get("/").status == 200)
            let third = try TestClient(port)
            #expect(third.readToEnd()?.hasPrefix("HTTP/1.1 503 ") == true)
            #expect(server.counts.turnedAway == 1)
            #expect(server.counts.open == 2)
        }
    }

    @Test func `a client that does not read slows its stream down and is cut`() async throws {
        let written = Mutex(0)
        let failed = Signal()
        let handler: RequestHandler = { _ in
            Response(
                .ok,
                body: .stream { writer in
                    do {
                        for _ in 0..<10_000 {
                            try await writer.write([UInt8](repeating: 65, count: 10_000))
                            written.withLock { $0 += 10_000 }
                        }
                    } catch {
                        failed.fire()
                        throw error
                    }
                })
        }
        let configuration = limited {
            $0.pendingOutputBytes = 100_000
            $0.writeTime = .milliseconds(50)
        }
        try await withServer(configuration, handler: handler) { _, port in
            let client = try TestClient(port, receiveBuffer: 4096)
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            await failed.wait()
            #expect(written.withLock { $0 } < 50_000_000)
        }
    }

    @Test func `pipelined requests whose answers are not read stop being read`() async throws {
        let count = Mutex(0)
        let handler: RequestHandler = { _ in
            count.withLock { $0 += 1 }
            return .text(String(repeating: "x", count: 100_000))
        }
        let configuration = limited {
            $0.pendingOutputBytes = 200_000
            $0.writeTime = .milliseconds(50)
        }
        try await withServer(configuration, handler: handler) { server, port in
            let client = try TestClient(port, receiveBuffer: 4096)
            client.send(String(repeating: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", count: 1000))
            while server.counts.open > 0 { await Task.yield() }
            #expect(count.withLock { $0 } < 200)
        }
    }

    @Test func `a stream may be written from other threads`() async throws {
        // A loop of its own, since the threads of the default executor wait for answers in tests.
        let other = EventLoop()
        other.start()
        defer { other.stop() }
        let handler: RequestHandler = { _ in
            Response(
                .ok,
                body: .stream { writer in
                    let task = other.spawn(throwing: {
                        for _ in 0..<100 {
                            try await writer.write([UInt8](repeating: 65, count: 10_000))
                        }
                    })
                    try await task.value
                })
        }
        let configuration = limited { $0.pendingOutputBytes = 50_000 }
        try await withServer(configuration, handler: handler) { _, port in
            let client = try TestClient(port)
            #expect(client.get("/").body.count == 1_000_000)
        }
    }

    @Test(arguments: [4, 11])
    func `a stream of another length than declared is cut`(_ length: Int) async throws {
        let handler: RequestHandler = { _ in
            Response(
                .ok,
                body: .stream(length: 10) {
                    try await $0.write([UInt8](repeating: 65, count: length))
                })
        }
        try await withServer(handler: handler) { _, port in
            let client = try TestClient(port)
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(client.readToEnd()?.hasSuffix("AAAAAAAAAA") != true)
        }
    }
}

struct DrainTests {
    /// The threads that tasks share may be with other tests for longer than a handler may take.
    private static let patient = limited { $0.handlerTime = .seconds(900) }

    @Test func `a draining server finishes what runs and takes nothing new`() async throws {
        let started = Signal()
        let go = Signal()
        let handler: RequestHandler = { _ in
            started.fire()
            await go.wait()
            return .text("done")
        }
        try await withServer(Self.patient, handler: handler) { server, port in
            let idle = try TestClient(port)
            let busy = try TestClient(port)
            busy.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            await started.wait()
            let drained = Signal()
            // Begun here: the threads that tasks share may all be reading from sockets.
            Task.immediate {
                await server.drain(within: .seconds(10))
                drained.fire()
            }
            #expect(idle.readToEnd() == "")
            go.fire()
            let answer = busy.readAnswer()
            #expect(answer.body == "done")
            #expect(answer["connection"] == "close")
            #expect(busy.readToEnd() == "")
            busy.finishSending()
            await drained.wait()
            #expect(server.counts.open == 0)
            #expect(!TestClient.canConnect(port))
        }
    }

    @Test func `what does not finish in time is cut`() async throws {
        let (started, cancelled) = (Signal(), Signal())
        try await withServer(Self.patient, handler: waiting(started, cancelled)) { server, port in
            let client = try TestClient(port)
            client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
            await started.wait()
            await server.drain(within: .milliseconds(5))
            await cancelled.wait()
            #expect(client.readToEnd() == "")
        }
    }
}

struct ListeningTests {
    @Test func `a busy port is refused although loops share it`() async throws {
        try await withServer { server, port in
            let address = ListenAddress(host: "127.0.0.1", port: port)
            let group = EventLoopGroup(count: 1)
            let second = HTTPServer(
                ServerConfiguration(addresses: [address]), group: group
            ) { _ in .text("second") }
            #expect(throws: StartError.busy(address)) { try second.start() }
            #expect("\(StartError.busy(address))".contains("127.0.0.1:\(port) is in use"))
            #expect(second.addresses.isEmpty)
        }
    }

    @Test func `localhost is both loopbacks on one port`() async throws {
        let configuration = configured {
            $0.addresses = [ListenAddress(host: "localhost", port: 0)]
        }
        try await withServer(configuration) { server, port in
            let client = try TestClient(port)
            #expect(client.get("/").body == "ok")
            for address in server.addresses {
                #expect(address.port == port)
                #expect(address.ip.isLoopback)
                if address.ip.version == .v6 {
                    let client = try TestClient(port, host: "::1")
                    #expect(client.get("/").body == "ok")
                }
            }
        }
    }

    @Test(arguments: [
        ("127.0.0.1:80", "127.0.0.1", 80), ("[::1]:4000", "::1", 4000), (":8080", "", 8080),
        ("localhost:0", "localhost", 0),
    ])
    func `addresses are read as people write them`(_ text: String, _ host: String, _ port: Int) {
        #expect(ListenAddress(text) == ListenAddress(host: host, port: port))
    }

    @Test(arguments: ["", "localhost", "::1", "::1:80", "a:65536", "a:-1", "[::1:80", "a:b"])
    func `what is no address is none`(_ text: String) {
        #expect(ListenAddress(text) == nil)
    }

    @Test func `hosts that cannot be listened on are told apart`() {
        func failure(_ host: String) -> StartError? {
            let configuration = ServerConfiguration(
                addresses: [ListenAddress(host: host, port: 0)])
            let server = HTTPServer(configuration, group: EventLoopGroup(count: 1)) { _ in
                .text("")
            }
            do throws(StartError) {
                try server.start()
                return nil
            } catch {
                return error
            }
        }
        #expect(failure("192.0.2.1") == .notLocal(ListenAddress(host: "192.0.2.1", port: 0)))
        #expect(failure("no such host") == .unknownHost("no such host"))
    }

    @Test func `trusted proxies tell who the client is`() async throws {
        let handler: RequestHandler = { request in
            .text(
                "\(request.client) \(request.scheme) \(request.authority ?? "-") \(request.peer.ip)"
            )
        }
        let configuration = configured {
            $0.trustedProxies = TrustedProxies([IPNetwork("127.0.0.0/8")!])
        }
        let fields =
            "X-Forwarded-For: 6.6.6.6, 9.9.9.9\r\nX-Forwarded-Proto: https\r\n"
            + "X-Forwarded-Host: example.org\r\n"
        try await withServer(configuration, handler: handler) { _, port in
            let client = try TestClient(port)
            #expect(client.get("/", fields).body == "9.9.9.9 https example.org 127.0.0.1")
        }
        try await withServer(handler: handler) { _, port in
            let client = try TestClient(port)
            #expect(client.get("/", fields).body == "127.0.0.1 http a 127.0.0.1")
        }
    }
}

import HTTP
import HTTPServer
import Loop
import MailTesting
import Testing

@testable import Outgoing

/// A server of our own engine on loopback, while `body` runs.
private func withServer(
    _ handler: @escaping RequestHandler, _ body: (String) async throws -> Void
) async throws {
    let group = EventLoopGroup(count: 1)
    let place = ListenAddress(host: "127.0.0.1", port: 0)
    let server = HTTPServer(ServerConfiguration(addresses: [place]), group: group, handler: handler)
    group.start()
    try server.start()
    let outcome: Result<Void, any Error>
    do {
        outcome = .success(try await body("http://127.0.0.1:\(server.addresses[0].port)"))
    } catch {
        outcome = .failure(error)
    }
    await server.drain(within: .milliseconds(1))
    group.stop()
    group.join()
    try outcome.get()
}

private func client(
    _ adjust: (inout HTTPClient.Options) -> Void = { _ in }
) -> HTTPClient {
    var options = HTTPClient.Options()
    options.reach.privateNetworks = true
    adjust(&options)
    return HTTPClient(options)
}

private func failure(_ client: HTTPClient, _ url: String) async -> OutgoingFailure.Kind? {
    do throws(OutgoingFailure) {
        _ = try await client.send(OutgoingRequest(url))
        return nil
    } catch {
        return error.kind
    }
}

/// S2-18: what providers are asked with, against servers that behave and servers that do not.
struct HTTPClientTests {
    @Sendable private static func echo(_ request: Request) async -> Response {
        let body = (try? await request.body.collect(upTo: 1 << 20)) ?? []
        var response = Response.text(
            [
                "\(request.method) \(request.path)", request[.authorization] ?? "-",
                request[.contentType] ?? "-", request[.userAgent] ?? "-", request[.expect] ?? "-",
                String(decoding: body, as: UTF8.self),
            ].joined(separator: "\n"), status: .created)
        response.fields[.etag] = "\"a\""
        return response
    }

    @Test func `a GET and a POST arrive as they are, and so do their answers`() async throws {
        try await withServer(Self.echo) { base in
            let client = client()
            defer { client.close() }
            var request = OutgoingRequest(base + "/a?b=c")
            request.fields[.authorization] = "Bearer x"
            let got = try await client.send(request)
            #expect(got.status == 201)
            #expect(got.fields[.etag] == "\"a\"")
            #expect(String(decoding: got.body, as: UTF8.self) == "GET /a\nBearer x\n-\natrium\n-\n")
            request.body = Array("a=b".utf8)
            request.fields[.contentType] = "application/x-www-form-urlencoded"
            let posted = try await client.send(request)
            #expect(
                String(decoding: posted.body, as: UTF8.self)
                    == "POST /a\nBearer x\napplication/x-www-form-urlencoded\natrium\n-\na=b")
            request.body = []
            let empty = try await client.send(request)
            #expect(String(decoding: empty.body, as: UTF8.self).hasPrefix("POST /a\n"))
        }
    }

    @Test func `a value cannot start a field of its own`() async throws {
        try await withServer(Self.echo) { base in
            let client = client()
            defer { client.close() }
            var request = OutgoingRequest(base + "/")
            request.fields[.authorization] = "Bearer x\r\nContent-Type: text/evil"
            let answer = try await client.send(request)
            let lines = String(decoding: answer.body, as: UTF8.self).split(separator: "\n")
            #expect(lines[1] == "Bearer x  Content-Type: text/evil")
            #expect(lines[2] == "-")
        }
    }

    @Test func `a redirect is an answer and is not followed`() async throws {
        let elsewhere: RequestHandler = { _ in .redirect(to: "/elsewhere") }
        try await withServer(elsewhere) { base in
            let client = client()
            defer { client.close() }
            let answer = try await client.send(OutgoingRequest(base + "/"))
            #expect(answer.status == 302)
            #expect(answer.fields[.location] == "/elsewhere")
        }
    }

    @Test(arguments: [true, false])
    func `no more is taken than allowed, announced or not`(_ isAnnounced: Bool) async throws {
        let bytes = [UInt8](repeating: 65, count: 2000)
        let handler: RequestHandler = { _ in
            isAnnounced
                ? Response(.ok, body: .bytes(bytes))
                : Response(.ok, body: .stream { try await $0.write(bytes) })
        }
        try await withServer(handler) { base in
            let small = client { $0.answerBytesMax = 1999 }
            let enough = client { $0.answerBytesMax = 2000 }
            defer { for client in [small, enough] { client.close() } }
            #expect(await failure(small, base + "/") == .tooLarge)
            let answer = try await enough.send(OutgoingRequest(base + "/"))
            #expect(answer.body == bytes)
        }
    }

    @Test func `an answer that comes in pieces is seen as it comes`() async throws {
        let (seen, sink) = AsyncStream.makeStream(of: String.self)
        let (turns, turn) = AsyncStream.makeStream(of: Void.self)
        let handler: RequestHandler = { _ in
            Response(
                .ok,
                body: .stream { writer in
                    try await writer.write("first ")
                    // The rest comes only when this much was seen.
                    for await _ in turns { break }
                    try await writer.write("second")
                })
        }
        try await withServer(handler) { base in
            let client = client()
            defer { client.close() }
            async let answer = client.send(OutgoingRequest(base + "/")) { bytes in
                sink.yield(String(decoding: bytes, as: UTF8.self))
            }
            var pieces = seen.makeAsyncIterator()
            #expect(await pieces.next() == "first ")
            turn.yield()
            #expect(await pieces.next() == "second")
            let whole = try await answer
            #expect(String(decoding: whole.body, as: UTF8.self) == "first second")
        }
    }

    @Test func `a request may have less time than its client gives`() async throws {
        try await withServer(Self.silent) { base in
            let client = client()
            defer { client.close() }
            var request = OutgoingRequest(base + "/")
            request.timeout = .milliseconds(200)
            let failure = await #expect(throws: OutgoingFailure.self) {
                try await client.send(request)
            }
            #expect(failure?.kind == .slow)
        }
    }

    private static let silent: RequestHandler = { _ in
        try? await EventLoop.current?.sleep(for: .seconds(60))
        return .text("late")
    }

    @Test func `a server that says nothing is left after the time-out`() async throws {
        try await withServer(Self.silent) { base in
            let client = client { $0.timeout = .milliseconds(200) }
            defer { client.close() }
            #expect(await failure(client, base + "/") == .slow)
        }
    }

    @Test func `whoever gives up need not wait for the server`() async throws {
        try await withServer(Self.silent) { base in
            let client = client()
            defer { client.close() }
            let task = Task { await failure(client, base + "/") }
            task.cancel()
            #expect(await task.value == .cancelled)
        }
    }

    @Test func `nobody there, and no such name`() async throws {
        var gone = ""
        try await withServer(Self.echo) { base in gone = base }
        let client = client()
        defer { client.close() }
        #expect(await failure(client, gone + "/") == .down)
        // A name that no server has (RFC 6761 §6.4).
        #expect(await failure(client, "https://provider.invalid/") == .down)
    }

    @Test func `TLS that is none is told from a server that is down`() async throws {
        try await withServer(Self.echo) { base in
            let client = client()
            defer { client.close() }
            #expect(await failure(client, base.replacing("http:", with: "https:")) == .tls)
        }
    }

    @Test(.enabled(if: MailServer.isExpected))
    func `a certificate that nobody vouches for is refused`() async throws {
        let server = try MailServer("tls")
        let client = client()
        defer { client.close() }
        #expect(await failure(client, "https://localhost:\(server.port)/") == .tls)
        let trusting = self.trusting(server)
        defer { trusting.close() }
        // The same server with its certificate trusted: it speaks, but no HTTP.
        #expect(await failure(trusting, "https://localhost:\(server.port)/") == .malformed)
    }

    private func trusting(_ server: MailServer) -> HTTPClient {
        client { $0.trustedCertificates = server.directory + "/ca.pem" }
    }

    @Test func `only so many at once`() async throws {
        try await withServer(Self.echo) { base in
            let client = client { $0.requestsMax = 0 }
            defer { client.close() }
            #expect(await failure(client, base + "/") == .busy)
        }
    }

    @Test func `many at once are all answered`() async throws {
        try await withServer(Self.echo) { base in
            let client = client()
            defer { client.close() }
            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        try await client.send(OutgoingRequest("\(base)/\(number)")).status
                    }
                }
                for try await status in group { #expect(status == 201) }
            }
        }
    }

    // MARK: Where it may not go

    @Test func `machines of private networks are not asked unless that is allowed`() async throws {
        try await withServer(Self.echo) { base in
            let wary = HTTPClient()
            defer { wary.close() }
            for url in [base, base.replacing("127.0.0.1", with: "localhost")] {
                #expect(await failure(wary, url + "/") == .refused)
            }
            for host in ["10.0.0.1", "169.254.169.254", "[::1]", "[fd00::1]", "[::ffff:10.0.0.1]"] {
                #expect(await failure(wary, "https://\(host)/") == .refused, "\(host)")
            }
        }
    }

    @Test(arguments: [
        "ftp://127.0.0.1/", "file:///etc/passwd", "127.0.0.1", "", "http//x", "gopher://127.0.0.1/",
        "https://a.example/\r\nX: y", "https://a.example/ b", "smtp://127.0.0.1/",
    ])
    func `what is no address of HTTP is refused`(_ url: String) async {
        let client = client()
        defer { client.close() }
        #expect(await failure(client, url) == .refused)
    }

    @Test(arguments: [
        ("1.1.1.1", true), ("10.1.2.3", false), ("100.64.0.1", false), ("100.63.0.1", true),
        ("127.0.0.2", false), ("169.254.169.254", false), ("172.16.0.1", false),
        ("172.32.0.1", true), ("192.168.1.1", false), ("0.0.0.0", false), ("224.0.0.1", false),
        ("255.255.255.255", false), ("::", false), ("::1", false), ("fe80::1", false),
        ("fec0::1", false), ("fd12::1", false), ("ff02::1", false),
        ("2606:4700:4700::1111", true), ("::ffff:192.168.0.1", false), ("::ffff:1.1.1.1", true),
        ("64:ff9b::a00:1", false), ("64:ff9b::101:101", true), ("2002:a00:1::", false),
        ("2002:101:101::", true), ("::10.0.0.1", false), ("2001:db8::1", false),
    ])
    func `which addresses the whole Internet can reach`(_ text: String, _ isPublic: Bool) throws {
        #expect(try #require(IPAddress(text)).isPublic == isPublic)
    }

    @Test func `without TLS only this machine is asked`() throws {
        var reach = Reach()
        reach.privateNetworks = true
        let (own, near) = (IPAddress.loopback, try #require(IPAddress("10.0.0.1")))
        let far = try #require(IPAddress("1.1.1.1"))
        #expect(reach.allows(own, isEncrypted: false))
        #expect(!reach.allows(near, isEncrypted: false) && !reach.allows(far, isEncrypted: false))
        #expect(reach.allows(near, isEncrypted: true) && reach.allows(far, isEncrypted: true))
        reach.privateNetworks = false
        #expect(!reach.allows(own, isEncrypted: false))
    }

    @Test func `without libcurl there is a reason to show`() {
        #expect(CurlLibrary.problem == nil)
        #expect(CurlLibrary.version?.hasPrefix("libcurl/") == true)
        #expect(CurlLibrary.load("libcurl-of-nobody.so.4")?.contains("libcurl-of-nobody") == true)
    }
}

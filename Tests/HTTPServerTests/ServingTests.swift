import HTTP
import HTTPServer
import Loop
import Testing

struct ServingTests {
    /// Answers with what it was asked, and in ways that the path chooses.
    @Sendable static func echo(_ request: Request) async -> Response {
        switch request.path {
        case "/later":
            try? await EventLoop.current?.sleep(for: .milliseconds(1))
            return .text("later")
        case "/body":
            do {
                return .text(
                    String(decoding: try await request.body.collect(upTo: 1 << 20), as: UTF8.self))
            } catch .tooLarge {
                return Response(.contentTooLarge)
            } catch {
                return Response(.badRequest)
            }
        case "/unread": return Response(.unauthorized)
        case "/empty": return Response(.noContent)
        case "/big": return .text(String(repeating: "x", count: 5_000_000))
        case "/stream":
            return Response(
                .ok,
                body: .stream { writer in
                    for number in 1...3 {
                        try await writer.write("\(number),")
                        try await EventLoop.current?.sleep(for: .milliseconds(1))
                    }
                })
        case "/close": return Response(.ok, fields: [.connection: "close"], body: .bytes([65]))
        default: return .text("\(request.method) \(request.path) \(request.query ?? "-")")
        }
    }

    @Test func `requests are answered on a kept connection`() async throws {
        let configuration = configured {
            $0.commonFields = [FieldName("x-frame-options"): "DENY"]
        }
        try await withServer(configuration, handler: Self.echo) { server, port in
            let client = try TestClient(port)
            for number in 1...3 {
                let answer = client.get("/a\(number)?b=c")
                #expect(answer.status == 200)
                #expect(answer.body == "GET /a\(number) b=c")
                #expect(answer["x-frame-options"] == "DENY")
                #expect(answer["date"]?.hasSuffix("GMT") == true)
                #expect(answer["connection"] == nil)
            }
            #expect(server.counts.requests == 3)
            #expect(server.counts.accepted == 1)
            #expect(server.counts.answersByKind[2] == 3)
        }
    }

    @Test func `pipelined requests are answered in their order, late ones too`() async throws {
        try await withServer(handler: Self.echo) { _, port in
            let client = try TestClient(port)
            let paths = ["/1", "/later", "/2", "/body", "/big", "/later", "/3"]
            client.send(paths.map { "GET \($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
            let bodies = paths.map { _ in client.readAnswer().body }
            #expect(bodies.map(\.count) == [8, 5, 8, 0, 5_000_000, 5, 8])
            #expect(bodies[1] == "later")
            #expect(bodies[6] == "GET /3 -")
        }
    }

    @Test func `bytes that come one by one are one request`() async throws {
        try await withServer(handler: Self.echo) { _, port in
            let client = try TestClient(port)
            for byte in "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc".utf8 {
                client.send([byte])
            }
            #expect(client.readAnswer().body == "abc")
        }
    }

    @Test func `a chunked body is read as it comes`() async throws {
        try await withServer(handler: Self.echo) { _, port in
            let client = try TestClient(port)
            client.send("POST /body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
            for number in 0..<10 { client.send("5\r\n\(number)abcd\r\n") }
            client.send("0\r\n\r\n")
            #expect(client.readAnswer().body.count == 50)
            #expect(client.get("/x").status == 200)
        }
    }

    @Test func `a large body arrives whole`() async throws {
        let configuration = limited { $0.bodyBufferBytes = 1000 }
        try await withServer(configuration, handler: Self.echo) { _, port in
            let client = try TestClient(port)
            let body = String(repeating: "0123456789", count: 100_000)
            client.send("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n\(body)")
            #expect(client.readAnswer().body == body)
        }
    }

    @Test func `a body that is too large is refused and the client can read why`() async throws {
        try await withServer(handler: Self.echo) { _, port in
            let client = try TestClient(port)
            client.send("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n")
            client.send([UInt8](repeating: 65, count: 200_000))
            let text = try #require(client.readToEnd())
            #expect(text.hasPrefix("HTTP/1.1 413 "))
            #expect(text.contains("connection: close\r\n"))
        }
    }

    @Test func `a client that expects to be told is told, or answered at once`() async throws {
        try await withServer(handler: Self.echo) { _, port in
            let head = "HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"
            let client = try TestClient(port)
            client.send("POST /body \(head)")
            #expect(client.read(through: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
            client.send("abc")
            #expect(client.readAnswer().body == "abc")
            client.send("POST /unread \(head)")
            #expect(client.readToEnd()?.hasPrefix("HTTP/1.1 401 ") == true)
        }
    }

    @Test func `the answer to HEAD is a head`() async throws {
        try await withServer(handler: Self.echo) { _, port in
            let client = try TestClient(port)
            client.send("HEAD /abc HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(client.readAnswer(toHEAD: true)["content-length"] == "11")
            client.send("HEAD /stream HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(client.readAnswer(toHEAD: true)["content-length"] == nil)
            #expect(client.get("/empty")["content-length"] == nil)
            #expect(client.get("/x").body == "GET /x -")
        }
    }

    @Test func `a stream is chunked, and ends the connection in HTTP 1.0`() async throws {
        try await withServer(handler: Self.echo) { _, port in
            let client = try TestClient(port)
            #expect(client.get("/stream").body == "1,2,3,")
            #expect(client.get("/x").status == 200)
            let old = try TestClient(port)
            old.send("GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            let text = try #require(old.readToEnd())
            #expect(text.hasSuffix("connection: close\r\n\r\n1,2,3,"))
        }
    }

    @Test func `HTTP 1.0 keeps the connection when asked to`() async throws {
        try await withServer(handler: Self.echo) { _, port in
            let client = try TestClient(port)
            client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            #expect(client.readAnswer()["connection"] == "keep-alive")
            client.send("GET /a HTTP/1.0\r\n\r\n")
            #expect(client.readToEnd()?.contains("connection: close") == true)
        }
    }

    @Test func `a handler may close, and a half-closed client gets its answer`() async throws {
        try await withServer(handler: Self.echo) { _, port in
            let client = try TestClient(port)
            #expect(client.get("/close")["connection"] == "close")
            #expect(client.readToEnd() == "")
            let other = try TestClient(port)
            other.send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n")
            other.finishSending()
            #expect(other.readToEnd()?.count ?? 0 > 5_000_000)
        }
    }

    @Test func `a value from outside cannot end a field`() async throws {
        let handler: RequestHandler = { request in
            Response(.found, fields: [.location: "/\r\nSet-Cookie: a=b\0"])
        }
        try await withServer(handler: handler) { _, port in
            let answer = try TestClient(port).get("/")
            #expect(answer["location"] == "/  Set-Cookie: a=b ")
            #expect(answer["Set-Cookie"] == nil)
        }
    }
}

struct StrictServerTests {
    @Test func `probes that smuggle are refused and the connection is closed`() async throws {
        let host = "Host: a\r\n"
        let chunked = "Transfer-Encoding: chunked\r\n"
        let post = "POST / HTTP/1.1\r\n\(host)"
        let probes = [
            "\(post)Content-Length: 4\r\n\(chunked)\r\n0\r\n\r\nGET / HTTP/1.1\r\n\(host)\r\n",
            "\(post)Content-Length: 2\r\nContent-Length: 9\r\n\r\n{}1234567",
            "\(post)Content-Length: +2\r\n\r\n{}",
            "\(post)Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
            "\(post)\(chunked)Transfer-Encoding: identity\r\n\r\n0\r\n\r\n",
            "\(post)Content-Length : 2\r\n\r\n{}",
            "GET / HTTP/1.1\r\n\(host)X-A: b\r\n c\r\n\r\n",
            "GET / HTTP/1.1\nHost: a\n\n",
            "GET / HTTP/1.1\r\n\(host)X: a\rb\r\n\r\n",
            "GET / HTTP/1.1\r\n\(host)X: a\0b\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\n\(host)\(host)\r\n",
            "GET / HTTP/3.7\r\n\(host)\r\n",
            "\(post)\(chunked)\r\n0x2\r\n{}\r\n0\r\n\r\n",
            "\(post)\(chunked)\r\n2\r\n{}XX0\r\n\r\n",
            "\(post)\(chunked)\r\n2\n{}\n0\n\n",
        ]
        try await withServer { server, port in
            for probe in probes {
                let client = try TestClient(port)
                client.send(probe)
                let text = try #require(client.readToEnd(), "\(probe.debugDescription)")
                let status = Int(text.dropFirst(9).prefix(3)) ?? 0
                #expect([400, 501, 505].contains(status), "\(probe.debugDescription)")
                #expect(text.components(of: "HTTP/1.1 ") == 1, "\(probe.debugDescription)")
            }
            #expect(server.counts.requests == 0)
        }
    }
}

extension String {
    /// How often `part` occurs.
    func components(of part: String) -> Int {
        var count = 0
        var rest = self[...]
        while let start = rest.indices.first(where: { rest[$0...].hasPrefix(part) }) {
            count += 1
            rest = rest[start...].dropFirst(part.count)
        }
        return count
    }
}

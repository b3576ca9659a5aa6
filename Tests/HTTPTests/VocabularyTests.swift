import HTTP
import Testing
import Values

struct FieldTests {
    @Test func `names do not depend on case and values keep their order`() {
        var fields: Fields = [.accept: "a", .setCookie: "b"]
        fields.append(.setCookie, "c")
        #expect(FieldName("Set-Cookie") == .setCookie)
        #expect(fields.values(of: .setCookie) == ["b", "c"])
        fields[.setCookie] = "d"
        #expect(fields.values(of: .setCookie) == ["d"])
        fields[.accept] = nil
        #expect(fields.count == 1)
    }

    @Test(arguments: ["", "a b", "a:", "ä", "a\r\n"])
    func `what is no token names no field`(_ text: String) {
        #expect(FieldName(text) == nil)
        #expect(Method(text) == nil)
    }

    @Test func `every character of a token is one`() {
        let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        let all = Set((letters + "!#$%&'*+-.^_`|~").utf8)
        for byte in UInt8.min...UInt8.max {
            #expect(Token.contains(byte) == all.contains(byte), "\(byte)")
        }
    }

    @Test func `vary names each field once`() {
        var fields: Fields = [.vary: "Origin"]
        fields.vary(on: .origin)
        fields.vary(on: .acceptEncoding)
        #expect(fields[.vary] == "Origin, accept-encoding")
    }

    @Test func `lists are split at commas outside quotes`() {
        #expect(listMembers(#" a, "b,c" ,, d;e="\",f" "#) == ["a", #""b,c""#, #"d;e="\",f""#])
    }

    @Test func `a head gives its fields and the parts of its target`() {
        let request = Request(
            .post, "/a/b?c=d?e", fields: [.accept: "x", .cookie: "1", FieldName("x-y"): ""])
        #expect(request.path == "/a/b")
        #expect(request.query == "c=d?e")
        #expect(request[.cookie] == "1")
        #expect(request[FieldName("x-y")] == "")
        #expect(request[.host] == nil)
        #expect(request.head.fields.count == 3)
        #expect(Request(.get, "/").query == nil)
    }
}

struct CookieTests {
    @Test func `cookies are read as they were sent`() {
        let request = Request(
            .get, "/", fields: [.cookie: "a=1; b=x%20y==; a=2;c; =d;  e= \"q\" "])
        #expect(request.cookie("a") == "1")
        #expect(request.cookie("b") == "x%20y==")
        #expect(request.cookie("c") == nil)
        #expect(request.cookie("e") == "\"q\"")
    }

    // S2-14
    @Test func `a cookie is written in better-auth's order`() throws {
        var cookie = try #require(SetCookie("better-auth.session_token", "abc.def%3D"))
        cookie.maxAge = 604_800
        #expect(
            cookie.text
                == "better-auth.session_token=abc.def%3D; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax"
        )
        cookie.domain = "example.org"
        cookie.expires = Instant(seconds: 784_111_777)
        cookie.isSecure = true
        cookie.sameSite = SetCookie.SameSite.none
        #expect(
            cookie.text.hasSuffix(
                "; Max-Age=604800; Domain=example.org; Path=/; Expires=Sun, 06 Nov 1994 08:49:37 GMT"
                    + "; HttpOnly; Secure; SameSite=None"))
    }

    @Test(arguments: [
        ("a b", ""), ("", "x"), ("a", "b;c"), ("a", "b c"), ("a", "b\r\n"), ("a", "ä"),
    ])
    func `what would break a cookie is refused`(_ name: String, _ value: String) {
        #expect(SetCookie(name, value) == nil)
    }
}

struct DateTests {
    @Test(
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (1_709_164_800, "Thu, 29 Feb 2024 00:00:00 GMT"),
            (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
        ] as [(Int64, String)])
    func `dates are written and read`(_ seconds: Int64, _ text: String) {
        #expect(HTTPDate.text(Instant(seconds: seconds)) == text)
        #expect(HTTPDate.instant(text) == Instant(seconds: seconds))
    }

    @Test(arguments: [
        "", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
        "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
    ])
    func `other forms are no dates`(_ text: String) {
        #expect(HTTPDate.instant(text) == nil)
    }
}

struct NegotiationTests {
    private func request(_ name: FieldName, _ value: String) -> Request {
        Request(.get, "/", fields: [name: value])
    }

    @Test func `media types are read with their parameters`() throws {
        let type = try #require(MediaType("Text/HTML; Charset=\"utf-8\"; x"))
        #expect(type.essence == "text/html")
        #expect(type.parameters[FieldName("charset")] == "utf-8")
        #expect(MediaType("application/problem+json")?.isJSON == true)
        #expect(MediaType("text") == nil)
        #expect(MediaType("a/b/c") == nil)
        #expect(
            MediaType("multipart/form-data; boundary=\"a;b\"")?.description
                == "multipart/form-data; boundary=\"a;b\"")
    }

    @Test(arguments: [
        ("", "application/json"), ("*/*", "application/json"), ("text/html", "text/html"),
        ("text/*;q=0.5, application/json;q=0.4", "text/html"),
        ("application/json;q=0, */*", "text/html"), ("image/png", nil),
        ("text/html;q=abc, application/json;q=0.001", "application/json"),
    ])
    func `the offer that the client likes best is chosen`(_ accept: String, _ best: String?) {
        let offers = [MediaType.json, .html]
        let request = accept.isEmpty ? Request(.get, "/") : request(.accept, accept)
        #expect(request.preferred(of: offers)?.essence == best)
    }

    @Test(arguments: [
        ("br, gzip", ContentCoding.brotli), ("gzip", .gzip), ("gzip;q=1, br;q=0.5", .gzip),
        ("identity", .identity), ("br;q=0, *", .gzip), ("deflate", .identity), ("", .identity),
        ("*;q=0", .identity),
    ])
    func `the coding that the client likes best is chosen`(_ accept: String, _ best: ContentCoding)
    {
        #expect(
            request(.acceptEncoding, accept).preferred(of: [.brotli, .gzip, .identity]) == best)
    }
}

struct RangeTests {
    @Test(arguments: [
        ("bytes=0-4", ByteRanges.parts([0..<5])), ("bytes=5-", .parts([5..<10])),
        ("bytes=-3", .parts([7..<10])), ("bytes=-30", .parts([0..<10])),
        ("bytes=8-99999999999999999999999", .parts([8..<10])),
        ("bytes=0-1, 4-5", .parts([0..<2, 4..<6])), ("bytes=0-1,20-30", .parts([0..<2])),
        ("bytes=10-", .unsatisfiable), ("bytes=-0", .unsatisfiable),
        ("Bytes = 1-1", .parts([1..<2])),
        ("items=0-4", .whole), ("bytes=4-0", .whole), ("bytes=a-b", .whole), ("bytes=", .whole),
        ("bytes=0-5,3-8", .whole), ("bytes=1-2-3", .whole), ("bytes", .whole),
    ])
    func `ranges are read as they are meant, or not at all`(_ text: String, _ ranges: ByteRanges) {
        #expect(ByteRanges(text, length: 10) == ranges)
    }

    @Test func `too many ranges are answered as a whole`() {
        let many = (0..<17).map { "\($0 * 2)-\($0 * 2)" }.joined(separator: ",")
        #expect(ByteRanges("bytes=\(many)", length: 1000) == .whole)
    }
}

struct ConditionTests {
    private static let modified = Instant(seconds: 784_111_777)

    private func verdict(_ fields: Fields, _ method: Method = .get) -> Conditions.Verdict {
        Conditions(of: Request(method, "/", fields: fields))
            .verdict(etag: ETag("a"), modified: Self.modified)
    }

    @Test func `conditions are judged in their order`() {
        #expect(verdict([:]) == .proceed)
        #expect(verdict([.ifNoneMatch: "\"b\", W/\"a\""]) == .notModified)
        #expect(verdict([.ifNoneMatch: "*"]) == .notModified)
        #expect(verdict([.ifNoneMatch: "\"a\""], .put) == .failed)
        #expect(
            verdict([.ifNoneMatch: "\"b\"", .ifModifiedSince: HTTPDate.text(Self.modified)])
                == .proceed)
        #expect(verdict([.ifModifiedSince: HTTPDate.text(Self.modified)]) == .notModified)
        #expect(verdict([.ifModifiedSince: HTTPDate.text(Self.modified - .seconds(1))]) == .proceed)
        #expect(verdict([.ifModifiedSince: "yesterday"]) == .proceed)
        #expect(verdict([.ifMatch: "\"b\""]) == .failed)
        #expect(verdict([.ifMatch: "W/\"a\""]) == .failed)
        #expect(verdict([.ifMatch: "\"a\""]) == .proceed)
        #expect(
            verdict([.ifUnmodifiedSince: HTTPDate.text(Self.modified - .seconds(1))]) == .failed)
    }

    @Test func `a range of another version is not answered`() {
        func allows(_ text: String) -> Bool {
            Conditions(of: Request(.get, "/", fields: [.ifRange: text]))
                .allowsRange(etag: ETag("a"), modified: Self.modified)
        }
        #expect(allows("\"a\""))
        #expect(!allows("W/\"a\""))
        #expect(!allows("\"b\""))
        #expect(allows(HTTPDate.text(Self.modified)))
        #expect(!allows("nonsense"))
    }
}

struct AddressTests {
    @Test(arguments: [
        ("127.0.0.1", "127.0.0.1"), ("::", "::"), ("::1", "::1"),
        ("2001:DB8::00ff", "2001:db8::ff"),
        ("1:0:0:2:0:0:0:3", "1:0:0:2::3"), ("::ffff:1.2.3.4", "1.2.3.4"), ("1::", "1::"),
        ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("64:ff9b::1.2.3.4", "64:ff9b::102:304"),
    ])
    func `addresses are read and written`(_ text: String, _ canonical: String) {
        #expect(IPAddress(text)?.description == canonical)
    }

    @Test(arguments: [
        "", "1.2.3", "1.2.3.256", "01.2.3.4", "1.2.3.4.5", ":", ":::", "1::2::3", "12345::",
        "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "::g", "fe80::1%eth0", "1:2:3:4:5:6:7::8",
    ])
    func `what is no address is none`(_ text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test func `a network of IPv6 counts as one client`() {
        #expect(IPAddress("2001:db8:1:2:3::4")?.network.description == "2001:db8:1:2::")
        #expect(IPAddress("1.2.3.4")?.network.description == "1.2.3.4")
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.1.2", true), ("10.0.0.0/8", "11.0.0.0", false),
        ("0.0.0.0/0", "9.9.9.9", true), ("0.0.0.0/0", "::1", false), ("fd00::/8", "fdff::1", true),
        ("2001:db8::/65", "2001:db8:0:0:8000::", false), ("127.0.0.1", "127.0.0.1", true),
        ("127.0.0.1", "127.0.0.2", false), ("10.0.0.0/8", "::ffff:10.1.1.1", true),
    ])
    func `networks hold their addresses`(_ network: String, _ address: String, _ isIn: Bool) throws
    {
        let network = try #require(IPNetwork(network))
        #expect(network.contains(try #require(IPAddress(address))) == isIn)
    }

    @Test(arguments: ["10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "x/8", "::/129", "1.2.3.4/8/8"])
    func `what is no network is none`(_ text: String) {
        #expect(IPNetwork(text) == nil)
    }
}

struct ForwardedTests {
    private func forwarded(
        _ fields: Fields, peer: String = "10.0.0.1", trusted: [String] = ["10.0.0.0/8"]
    ) throws -> Forwarded {
        let connection = ConnectionInfo(
            peer: SocketAddress(try #require(IPAddress(peer)), port: 1),
            local: SocketAddress(.loopback, port: 2),
            trustedProxies: TrustedProxies(trusted.compactMap { IPNetwork($0) }))
        return Forwarded(of: Request(.get, "/", fields: fields, connection: connection))
    }

    @Test func `a stranger's word is not taken`() throws {
        let result = try forwarded(
            [.host: "a", .xForwardedFor: "6.6.6.6", .xForwardedProto: "https"], peer: "9.9.9.9")
        #expect(result.client == IPAddress("9.9.9.9"))
        #expect(result.scheme == "http")
        #expect(result.authority == "a")
    }

    @Test func `the first address that is not trusted is the client`() throws {
        let result = try forwarded([.xForwardedFor: "1.1.1.1, 6.6.6.6, 10.2.2.2"])
        #expect(result.client == IPAddress("6.6.6.6"))
        #expect(
            try forwarded([.xForwardedFor: "10.9.9.9, 10.2.2.2"]).client == IPAddress("10.9.9.9"))
        #expect(try forwarded([.xForwardedFor: "6.6.6.6, junk"]).client == IPAddress("10.0.0.1"))
        #expect(try forwarded([:]).client == IPAddress("10.0.0.1"))
    }

    @Test func `scheme and host come with the address`() throws {
        let result = try forwarded([
            .host: "inner", .xForwardedFor: "6.6.6.6", .xForwardedProto: "HTTPS",
            .xForwardedHost: "example.org",
        ])
        #expect(result.scheme == "https")
        #expect(result.authority == "example.org")
        let without = try forwarded([.host: "a", .xForwardedProto: "https"])
        #expect(without.scheme == "https")
        let odd = try forwarded([.host: "a", .xForwardedProto: "gopher", .xForwardedHost: "a/b"])
        #expect(odd.scheme == "http")
        #expect(odd.authority == "a")
    }

    @Test func `the standard's field wins`() throws {
        let result = try forwarded([
            .host: "inner", .xForwardedFor: "7.7.7.7",
            .forwarded:
                "for=6.6.6.6;proto=http, For=\"[2001:db8::1]:4711\";Proto=https;host=example.org",
        ])
        #expect(result.client == IPAddress("2001:db8::1"))
        #expect(result.scheme == "https")
        #expect(result.authority == "example.org")
        #expect(try forwarded([.forwarded: "for=unknown"]).client == IPAddress("10.0.0.1"))
    }
}

struct BodyTests {
    @Test func `a body is collected up to a limit`() async throws {
        #expect(try await RequestBody([1, 2, 3]).collect(upTo: 3) == [1, 2, 3])
        await #expect(throws: BodyError.tooLarge(limit: 2)) {
            try await RequestBody([1, 2, 3]).collect(upTo: 2)
        }
        let stream = BodyStream(highWaterMark: 10) {}
        _ = stream.push([1, 2])
        _ = stream.push([3])
        stream.finish()
        let body = RequestBody(declaredLength: nil, stream: stream)
        await #expect(throws: BodyError.tooLarge(limit: 2)) { try await body.collect(upTo: 2) }
    }

    @Test func `a stream that is full stops its writer until it is read`() async throws {
        let resumed = Log()
        let stream = BodyStream(highWaterMark: 4) { resumed.add("resume") }
        #expect(stream.push([1, 2, 3]))
        #expect(!stream.push([4, 5]))
        let body = RequestBody(declaredLength: nil, stream: stream)
        #expect(try await body.next() == [1, 2, 3])
        #expect(resumed.count == 1)
        stream.finish(.failure(.disconnected))
        #expect(try await body.next() == [4, 5])
        await #expect(throws: BodyError.disconnected) { try await body.next() }
    }

    @Test func `a cancelled reader stops waiting`() async {
        let stream = BodyStream(highWaterMark: 4) {}
        let body = RequestBody(declaredLength: nil, stream: stream)
        let task = Task { () -> BodyError? in
            do throws(BodyError) {
                _ = try await body.next()
                return nil
            } catch { return error }
        }
        task.cancel()
        #expect(await task.value == .cancelled)
    }
}

struct EventTests {
    @Test func `events are lines, whatever is in them`() {
        let event = ServerSentEvent(
            data: "a\r\nb\nc", event: "x\ny", id: "1", retry: .seconds(3))
        #expect(
            event.text == "event: xy\nid: 1\nretry: 3000\ndata: a\ndata: b\ndata: c\n\n")
        #expect(ServerSentEvent(data: "").text == "data: \n\n")
    }
}

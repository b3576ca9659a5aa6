import API
import HTTP
import Testing
import Values

struct PathLimiterTests {
    private static let start = Instant(seconds: 1_800_000_000)

    private static func limiter() -> PathLimiter {
        PathLimiter(
            TrafficLimit(requests: 5, seconds: 60),
            [PathLimiter.Rule(["/sign-in"], TrafficLimit(requests: 3, seconds: 10))])
    }

    private static func request(_ path: String, from address: String = "198.51.100.9") -> Request {
        let ip = IPAddress(address) ?? .loopback
        return Request(
            .get, "/api/auth" + path,
            connection: ConnectionInfo(
                peer: SocketAddress(ip, port: 1), local: SocketAddress(.loopback, port: 2)))
    }

    private static func waits(
        _ limiter: PathLimiter, _ count: Int, _ request: Request, at seconds: Int64 = 0
    ) -> [Duration?] {
        (0..<count).map { _ in
            limiter.count(request, below: "/api/auth", at: start + .seconds(seconds))
        }
    }

    @Test func `each address has so many for each path`() {
        let limiter = Self.limiter()
        #expect(
            Self.waits(limiter, 6, Self.request("/ok")) == [nil, nil, nil, nil, nil, .seconds(60)])
        #expect(Self.waits(limiter, 1, Self.request("/error")) == [nil])
        #expect(Self.waits(limiter, 1, Self.request("/ok", from: "198.51.100.10")) == [nil])
        #expect(
            Self.waits(limiter, 4, Self.request("/sign-in/email"))
                == [nil, nil, nil, .seconds(10)])
    }

    @Test func `the query is no path, and a network of IPv6 is one address`() {
        let limiter = Self.limiter()
        for index in 0..<5 {
            #expect(Self.waits(limiter, 1, Self.request("/ok?n=\(index)")) == [nil])
        }
        #expect(Self.waits(limiter, 1, Self.request("/ok?n=5")) == [.seconds(60)])
        for index in 0..<5 {
            let request = Self.request("/ok", from: "2001:db8::\(index)")
            #expect(Self.waits(limiter, 1, request) == [nil])
        }
        #expect(Self.waits(limiter, 1, Self.request("/ok", from: "2001:db8::ffff")) != [nil])
    }

    @Test func `a window ends when nothing was let through for its length`() {
        let limiter = Self.limiter()
        _ = Self.waits(limiter, 4, Self.request("/ok"))
        // The fifth begins the window's time anew; the refused ones do not.
        #expect(Self.waits(limiter, 1, Self.request("/ok"), at: 30) == [nil])
        #expect(Self.waits(limiter, 1, Self.request("/ok"), at: 61) == [.seconds(29)])
        #expect(Self.waits(limiter, 1, Self.request("/ok"), at: 89) == [.seconds(1)])
        #expect(Self.waits(limiter, 6, Self.request("/ok"), at: 90).last == .seconds(60))
    }

    @Test func `a clock that went back does not lock anybody out`() {
        let limiter = Self.limiter()
        _ = Self.waits(limiter, 6, Self.request("/ok"), at: 3600)
        #expect(Self.waits(limiter, 1, Self.request("/ok")) == [nil])
    }
}

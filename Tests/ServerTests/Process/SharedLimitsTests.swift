import DatabaseTesting
import Foundation
import Loop
import SQL
import Testing

/// Two nodes on one PostgreSQL count together: whoever guesses gains nothing by asking another node.
@Suite(.serialized, .timeLimit(.minutes(5)), .enabled(if: Engine.tested.contains(.postgres)))
struct SharedLimitsTests {
    private static func status(of answer: String) -> String {
        String(answer.dropFirst("HTTP/1.1 ".count).prefix(3))
    }

    private static func login(_ email: String, _ password: String, port: Int) throws -> String {
        try RawHTTP.post(
            "/api/v1/auth/login", #"{"email":"\#(email)","password":"\#(password)"}"#, port: port)
    }

    private static func register(_ name: String, port: Int) throws -> String {
        try RawHTTP.post(
            "/api/v1/auth/register",
            #"{"email":"\#(name)@example.com","password":"Analytical1","name":"Ada"}"#, port: port)
    }

    /// What `count` requests come to that are sent at once, to one node and the other in turn.
    private static func race(
        _ count: Int, _ nodes: AtriumServers,
        _ send: @escaping @Sendable (_ number: Int, _ port: Int) throws -> String
    ) async throws -> [String: Int] {
        let pool = BlockingPool(name: "guesses", threads: 12, queueLimit: count)
        defer { pool.stop() }
        let tasks = (0..<count).map { number in
            Task { try await pool.run { Result { try send(number, nodes.port(number)) } }.get() }
        }
        var statuses: [String: Int] = [:]
        for task in tasks { statuses[status(of: try await task.value), default: 0] += 1 }
        return statuses
    }

    private func withNodes(
        _ body: @escaping @Sendable (AtriumServers) async throws -> Void
    ) async throws {
        let place = try TestDatabase(on: .postgres)
        defer { place.remove() }
        let directory = try #require(makeTemporaryDirectory("atrium-limits"))
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let nodes = try AtriumServers(
            place.location, directory, count: 2, settings: ["auth.password.bcryptCost=4"])
        // Whatever the machine does meanwhile, what is counted is counted within one window.
        try PostgresCluster.shared.run(Self.windowsLastADayLonger, at: place.location)
        try await body(nodes)
        nodes.stop()
    }

    private static let windowsLastADayLonger = """
        CREATE FUNCTION last_a_day_longer() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN NEW.ends_at := NEW.ends_at + interval '1 day'; RETURN NEW; END $$;
        CREATE TRIGGER last_a_day_longer BEFORE INSERT ON rate_limits
        FOR EACH ROW EXECUTE FUNCTION last_a_day_longer()
        """

    // S3-26
    @Test func `guesses at one account are counted by both nodes together`() async throws {
        try await withNodes { nodes in
            #expect(Self.status(of: try Self.register("ada", port: nodes.port(0))) == "201")
            let statuses = try await Self.race(24, nodes) { number, port in
                try Self.login("ada@example.com", "Wrong-horse-\(number)", port: port)
            }
            #expect(statuses == ["401": 5, "429": 19])
            // Neither node lets in who knows the password now, and a new process remembers, too.
            try nodes.restart(1)
            for number in 0..<2 {
                let answer = try Self.login(
                    "ada@example.com", "Analytical1", port: nodes.port(number))
                #expect(Self.status(of: answer) == "429")
                #expect(answer.lowercased().contains("\r\nretry-after: "))
            }
        }
    }

    @Test func `accounts of one network are counted by both nodes together`() async throws {
        try await withNodes { nodes in
            let statuses = try await Self.race(30, nodes) { number, port in
                try Self.register("user\(number)", port: port)
            }
            #expect(statuses == ["201": 10, "429": 20])
        }
    }
}

import Bus
import Coding
import DatabaseTesting
import Foundation
import Glibc
import Loop
import SQL
import Synchronization
import Testing
import Values

@testable import Changes

/// Two nodes on one PostgreSQL. Whatever is killed, who listens hears of every change once and in order:
/// he goes to another node and says which number he has.
@Suite(.serialized, .timeLimit(.minutes(10)), .enabled(if: Engine.tested.contains(.postgres)))
struct ResumeTests {
    /// `ATRIUM_FULL=1`, which `make check` sets.
    private static let changes =
        getenv("ATRIUM_FULL").map { String(cString: $0) } == "1" ? 100_000 : 6000

    @Test func `no event is lost or doubled when a node is killed`() async throws {
        let place = try TestDatabase(on: .postgres)
        defer { place.remove() }
        try await run(at: place.location) { nodes, listeners in
            for turn in 0..<4 {
                listeners.wait(forMore: Self.changes / 6)
                try nodes.restart(turn % 2)
            }
        }
    }

    @Test func `no event is lost or doubled when PostgreSQL is restarted`() async throws {
        let cluster = try PostgresCluster()
        try await run(at: try cluster.makeDatabase()) { _, listeners in
            listeners.wait(forMore: Self.changes / 3)
            try cluster.stop()
            try cluster.start()
        }
    }

    @Test func `a session that ends on one node loses its sockets on the other`() async throws {
        let place = try TestDatabase(on: .postgres)
        defer { place.remove() }
        let directory = try #require(makeTemporaryDirectory("atrium-resume"))
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let nodes = try Nodes(place.location, directory)
        let user = try nodes.register()
        let pool = BlockingPool(name: "sockets", threads: 1, queueLimit: 1)
        try await pool.run {
            Result {
                let socket = try LiveSocket(port: nodes.port(1), bearer: user.token)
                _ = try socket.next("hello")
                let answer = try RawHTTP.send(
                    "POST", "/api/v1/auth/logout", #"{"refreshToken":"\#(user.refresh)"}"#,
                    bearer: user.token, port: nodes.port(0))
                #expect(answer.hasPrefix("HTTP/1.1 2"), "\(answer)")
                #expect(try socket.closing().code == 4401)
            }
        }.get()
        pool.stop()
        nodes.stop()
    }

    /// Writes changes while clients listen and `trouble` is made.
    private func run(
        at location: String,
        trouble: @escaping @Sendable (Nodes, LiveListeners) throws -> Void
    ) async throws {
        let directory = try #require(makeTemporaryDirectory("atrium-resume"))
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let nodes = try Nodes(location, directory)
        let user = try nodes.register()
        let listeners = LiveListeners(nodes, user.token, count: 3)
        let pool = BlockingPool(name: "listeners", threads: 5, queueLimit: 10)
        let listening = (0..<3).map { number in
            Task { try await pool.run { Result { listeners.listen(number, until: Self.changes) } } }
        }
        let making = Task { try await pool.run { Result { try trouble(nodes, listeners) } } }
        try await pool.run { Result { listeners.waitUntilAllListen() } }.get()
        try await write(at: location, user.id)
        try await making.value.get()
        for task in listening { _ = try await task.value }
        #expect(listeners.problems == [])
        nodes.stop()
        pool.stop()
    }

    /// In transactions of all sizes. What PostgreSQL does not take is tried again.
    private func write(at location: String, _ user: String) async throws {
        let loops = EventLoopGroup(count: 1)
        loops.start()
        defer { loops.stop() }
        let result = await loops.any.spawn(throwing: {
            let place = TestDatabase(engine: .postgres, location: location)
            let (store, close) = try await place.open(loops)
            var dice = SeededNumbers(seed: 7)
            var number = 0
            while number < Self.changes {
                let end = min(Self.changes, number + 1 + dice.below(40))
                let changes = (number..<end).map { Self.change($0, user) }
                do {
                    try await store.transaction { transaction in
                        // Whether an earlier try was committed although its answer was lost.
                        let rows = try await transaction.first(Self.count)?.value ?? 0
                        if rows < end { try await ChangeLog.append(changes, in: transaction) }
                    }
                    number = end
                } catch {
                    try await loops.any.sleep(for: .milliseconds(20))
                }
            }
            await close()
        }).result
        try result.get()
    }

    private static let count = Statement(
        .write, "SELECT count(*) FROM changes", returns: Single<Int>.self)

    private static func change(_ number: Int, _ user: String) -> Change {
        let id = ID<Anything>(high: 0x0199_0000_0000_7000, low: 1 << 63 | UInt64(number))
        return Change(
            "items", .created, id.description,
            after: [
                "id": .string(id.description), "userId": .string(user),
                "name": .string("\(number)"),
            ], at: Instant(seconds: 1_795_176_000))
    }
}

private enum Anything {}

/// Two nodes, whose log of changes nothing is deleted from.
final class Nodes: Sendable {
    private static let declarations = """
        {resources: [{name: "items", owner: "user", fields: {
          name: {type: "text", required: true, length: [1, 100]}}}]}
        """

    private let servers: AtriumServers

    init(_ location: String, _ directory: String) throws {
        try Self.declarations.write(
            toFile: directory + "/all.json5", atomically: true, encoding: .utf8)
        servers = try AtriumServers(
            location, directory, count: 2, settings: ["changes.keep=1000000"])
    }

    func port(_ number: Int) -> Int { servers.port(number) }
    func restart(_ index: Int) throws { try servers.restart(index) }
    func stop() { servers.stop() }

    func register() throws -> (id: String, token: String, refresh: String) {
        let answer = try RawHTTP.post(
            "/api/v1/auth/register",
            #"{"email":"ada@example.com","password":"Analytical1","name":"Ada"}"#, port: port(0))
        let body = try #require(answer.firstRange(of: "\r\n\r\n"))
        let json = try JSON(parsing: Array(answer[body.upperBound...].utf8))
        return (
            try #require(json["user"]?["id"]?.asString),
            try #require(json["tokens"]?["accessToken"]?.asString),
            try #require(json["tokens"]?["refreshToken"]?.asString)
        )
    }
}

/// Clients that listen to one topic and come back, to another node, when the connection is lost.
final class LiveListeners: Sendable {
    private struct State {
        var problems: [String] = []
        var connections = 0
    }

    private let nodes: Nodes
    private let token: String
    private let count: Int
    private let state = Mutex(State())
    private let progress = DispatchSemaphore(value: 0)
    private let started = DispatchSemaphore(value: 0)

    init(_ nodes: Nodes, _ token: String, count: Int) {
        (self.nodes, self.token, self.count) = (nodes, token, count)
    }

    var problems: [String] { state.withLock { $0.problems } }

    func waitUntilAllListen() {
        for _ in 0..<count { started.wait() }
    }

    /// Returns when the first client has heard of so many more.
    func wait(forMore count: Int) {
        for _ in 0..<count { progress.wait() }
    }

    /// Numbers begin at 1: there is nothing in the log but what the test writes.
    func listen(_ number: Int, until last: Int) {
        var seq: Int64 = 0
        var node = number
        var hasStarted = false
        while seq < last {
            do {
                let socket = try LiveSocket(port: nodes.port(node), bearer: token)
                try socket.say(
                    [
                        "type": "subscribe", "id": 1, "topic": "resources/items",
                        "since": .integer(seq),
                    ])
                _ = try socket.next("ack")
                if !hasStarted { started.signal() }
                hasStarted = true
                while seq < last { try hear(socket, number, &seq) }
            } catch {
                node += 1
            }
        }
    }

    private func hear(_ socket: LiveSocket, _ number: Int, _ seq: inout Int64) throws {
        let event = try socket.next("event")
        let next = event["seq"]?.asInteger ?? -1
        if next != seq + 1 {
            state.withLock { $0.problems.append("client \(number): \(next) after \(seq)") }
        }
        if event["data"]?["name"]?.asString == nil {
            state.withLock { $0.problems.append("client \(number): \(event)") }
        }
        seq = next
        if number == 0 { progress.signal() }
    }
}

import Bus
import Coding
import DatabaseTesting
import Foundation
import Glibc
import Logs
import Loop
import PostgresStore
import SQL
import SQLiteStore
import Synchronization
import Testing
import Values

@testable import Changes

/// Servers that are killed while many clients write: rows and their changes say the same.
@Suite(.serialized, .timeLimit(.minutes(5))) struct KilledServersTests {
    private static let declarations = """
        {resources: [
          {name: "boxes", owner: "user", fields: {
            name: {type: "text", required: true, length: [1, 100]}}},
          {name: "items", owner: "user", fields: {
            name: {type: "text", required: true, length: [1, 100]},
            box: {type: "reference", resource: "boxes", onDelete: "cascade"}}},
          {name: "labels", owner: "user", delete: "hard", fields: {
            name: {type: "text", required: true, length: [1, 100]},
            item: {type: "reference", resource: "items", onDelete: "cascade"}}},
        ]}
        """

    @Test(arguments: Engine.tested)
    func `what was written over HTTP is in rows and changes alike, whatever is killed`(
        on engine: Engine
    ) async throws {
        let directory = try #require(makeTemporaryDirectory("atrium-killed"))
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let place = try TestDatabase(on: engine)
        defer { place.remove() }
        try Self.declarations.write(
            toFile: directory + "/all.json5", atomically: true, encoding: .utf8)
        // With PostgreSQL another goes on while one is killed.
        let servers = try AtriumServers(
            engine == .sqlite ? "sqlite:" + place.location : place.location, directory,
            count: engine == .sqlite ? 1 : 2)
        let clients = try Clients(servers)
        let pool = BlockingPool(name: "clients", threads: 5, queueLimit: 10)
        let tasks = (0..<4).map { seed in
            Task { try await pool.run { Result { try clients.work(seed: seed) } }.get() }
        }
        try await pool.run {
            Result {
                for turn in 0..<4 {
                    clients.wait(forMore: 40)
                    try servers.restart(turn % servers.count)
                }
                clients.wait(forMore: 40)
            }
        }.get()
        clients.stop()
        for task in tasks { try await task.value }
        try await pool.run { Result { try clients.finish() } }.get()
        servers.stop()
        pool.stop()
        #expect(clients.problems == [])
        try await check(place, clients)
    }

    private func check(_ place: TestDatabase, _ clients: Clients) async throws {
        try await withOpen(place) { database in
            let log = ChangeLog(database, InProcessBus())
            let sequencer = Sequencer(log, clock: .system, logger: .none)
            for _ in 0..<1000 where (try? await sequencer.look()) != .nothing {}
            var changes: [NumberedChange] = []
            while case .changes(let next) = try await log.after(changes.last?.seq ?? 0),
                !next.isEmpty
            { changes += next }
            let history = RowHistory(changes)
            #expect(history.problems == [])
            for (topic, rows) in try await StoredRow.all(in: database) {
                let living = rows.filter { !$0.isDeleted }
                #expect(
                    Dictionary(uniqueKeysWithValues: living.map { ($0.id, $0.name) })
                        == history.living[topic, default: [:]].mapValues { $0["name"]?.asString })
                let hidden = Set(rows.filter(\.isDeleted).map(\.id))
                let gone = Set(history.gone[topic, default: [:]].keys)
                // Labels leave their table.
                #expect(hidden == (topic == "labels" ? [] : gone), "\(topic)")
            }
            #expect(clients.acknowledgedNames.subtracting(history.names) == [])
            let kinds = Set(changes.map { "\($0.change.topic) \($0.change.kind)" })
            for expected in [
                "boxes created", "boxes updated", "boxes deleted", "boxes restored",
                "items deleted", "items restored", "labels created", "labels deleted",
            ] { #expect(kinds.contains(expected), "\(expected)") }
        }
    }
}

/// A row as its table has it.
private struct StoredRow: RowDecodable {
    let id: String
    let name: String
    let isDeleted: Bool

    init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        name = try row.next()
        isDeleted = try row.next()
    }

    static func all(in database: any Database) async throws -> [(String, [StoredRow])] {
        [
            ("boxes", try await database.all(boxes)), ("items", try await database.all(items)),
            ("labels", try await database.all(labels)),
        ]
    }

    private static let boxes = Statement(
        .scan, "SELECT CAST(id AS text), CAST(name AS text), deleted_at IS NOT NULL FROM boxes",
        returns: StoredRow.self)
    private static let items = Statement(
        .scan, "SELECT CAST(id AS text), CAST(name AS text), deleted_at IS NOT NULL FROM items",
        returns: StoredRow.self)
    private static let labels = Statement(
        .scan, "SELECT CAST(id AS text), CAST(name AS text), FALSE FROM labels",
        returns: StoredRow.self)
}

private func withOpen(
    _ place: TestDatabase, _ body: @escaping @Sendable (any Database) async throws -> Void
) async throws {
    let loops = EventLoopGroup(count: 1)
    loops.start()
    defer { loops.stop() }
    switch place.engine {
    case .sqlite:
        let store = try SQLiteStore.open(
            path: place.location, loops: loops, options: SQLiteOptions())
        let result = await loops.any.spawn(throwing: { try await body(store) }).result
        await store.close()
        try result.get()
    case .postgres:
        let store = try await PostgresStore.open(
            PostgresOptions(url: place.location), loops: loops)
        let result = await loops.any.spawn(throwing: { try await body(store) }).result
        await store.close()
        try result.get()
    }
}

/// Clients of one user that write what comes to their minds.
private final class Clients: Sendable {
    private struct State {
        var ids: [String: [String]] = ["boxes": [], "items": [], "labels": []]
        var acknowledged = 0
        var names: Set<String> = []
        var problems: [String] = []
        var isStopping = false
        var serial = 0
    }

    private let servers: AtriumServers
    private let token: String
    private let state = Mutex(State())
    private let progress = DispatchSemaphore(value: 0)

    init(_ servers: AtriumServers) throws {
        self.servers = servers
        let body = #"{"email":"ada@example.com","password":"Analytical1","name":"Ada"}"#
        let answer = try RawHTTP.post("/api/v1/auth/register", body, port: servers.port(0))
        let json = try #require(Answer(answer)?.json, "\(answer)")
        token = try #require(json["tokens"]?["accessToken"]?.asString, "\(json)")
    }

    var problems: [String] { state.withLock { $0.problems } }
    var acknowledgedNames: Set<String> { state.withLock { $0.names } }
    func stop() { state.withLock { $0.isStopping = true } }

    /// Returns when so many more writes were acknowledged.
    func wait(forMore count: Int) {
        for _ in 0..<count { progress.wait() }
    }

    /// What chance may have left out: rows that go and come back with another.
    func finish() throws {
        let box = try require("POST", "boxes", #"{"name":"last box"}"#)
        let item = try require("POST", "items", #"{"name":"last item","boxId":"\#(box)"}"#)
        _ = try require("POST", "labels", #"{"name":"last label","itemId":"\#(item)"}"#)
        _ = try require("PATCH", "boxes/\(box)", #"{"name":"last box, renamed"}"#)
        var dice = SeededNumbers(seed: 0)
        _ = send("DELETE", "/api/v1/boxes/\(box)", nil, &dice)
        _ = try require("POST", "boxes/\(box)/restore", nil)
    }

    /// The id of the row that is answered.
    private func require(_ method: String, _ path: String, _ body: String?) throws -> String {
        var dice = SeededNumbers(seed: 0)
        let answer = send(method, "/api/v1/" + path, body, &dice)
        return try #require(answer?.json?["id"]?.asString, "\(method) \(path)")
    }

    func work(seed: Int) throws {
        var dice = SeededNumbers(seed: UInt64(seed))
        while !state.withLock({ $0.isStopping }) {
            let topic = ["boxes", "items", "items", "labels"][dice.below(4)]
            switch dice.below(10) {
            case 0...3: create(topic, &dice)
            case 4...6: change(topic, &dice)
            case 7: delete(topic, &dice)
            default: restore(topic, &dice)
            }
        }
    }

    private func create(_ topic: String, _ dice: inout SeededNumbers) {
        let name = name()
        var body = #"{"name":"\#(name)""#
        if topic == "items", let box = any("boxes", &dice) { body += #","boxId":"\#(box)""# }
        if topic == "labels", let item = any("items", &dice) { body += #","itemId":"\#(item)""# }
        guard let answer = send("POST", "/api/v1/\(topic)", body + "}", &dice), answer.isDone,
            let id = answer.json?["id"]?.asString
        else { return }
        state.withLock { state in
            state.ids[topic]?.append(id)
            state.names.insert(name)
        }
    }

    private func change(_ topic: String, _ dice: inout SeededNumbers) {
        guard let id = any(topic, &dice) else { return }
        let name = name()
        let answer = send("PATCH", "/api/v1/\(topic)/\(id)", #"{"name":"\#(name)"}"#, &dice)
        if answer?.isDone == true { state.withLock { _ = $0.names.insert(name) } }
    }

    private func delete(_ topic: String, _ dice: inout SeededNumbers) {
        guard let id = any(topic, &dice) else { return }
        _ = send("DELETE", "/api/v1/\(topic)/\(id)", nil, &dice)
    }

    private func restore(_ topic: String, _ dice: inout SeededNumbers) {
        guard topic != "labels", let id = any(topic, &dice) else { return }
        _ = send("POST", "/api/v1/\(topic)/\(id)/restore", nil, &dice)
    }

    private func name() -> String {
        state.withLock { state in
            state.serial += 1
            return "name \(state.serial)"
        }
    }

    private func any(_ topic: String, _ dice: inout SeededNumbers) -> String? {
        let ids = state.withLock { $0.ids[topic] ?? [] }
        // Of few, so that several clients meet at one row.
        return ids.isEmpty
            ? nil
            : ids[max(0, ids.count - 8)...].dropFirst(dice.below(8)).first
                ?? ids.last
    }

    /// Nil where the server went away meanwhile: nobody knows then.
    private func send(
        _ method: String, _ path: String, _ body: String?, _ dice: inout SeededNumbers
    ) -> Answer? {
        guard
            let text = try? RawHTTP.send(
                method, path, body, bearer: token, port: servers.port(dice.below(2))),
            let answer = Answer(text)
        else { return nil }
        if answer.isDone {
            progress.signal()
        } else if ![404, 409, 503].contains(answer.status), method != "POST" || answer.status != 400
        {
            // A reference to what is deleted is a 400.
            state.withLock { $0.problems.append("\(method) \(path): \(text)") }
        }
        return answer
    }
}

/// What a server answered.
private struct Answer {
    let status: Int
    let json: JSON?

    var isDone: Bool { (200...299).contains(status) }

    init?(_ text: String) {
        let words = text.prefix(64).split(separator: " ")
        guard words.count > 1, let status = Int(words[1].prefix(3)),
            let body = text.firstRange(of: "\r\n\r\n")
        else { return nil }
        self.status = status
        json = try? JSON(parsing: Array(text[body.upperBound...].utf8))
    }
}

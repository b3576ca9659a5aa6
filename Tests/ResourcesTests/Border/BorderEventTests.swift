import AtriumTesting
import Changes
import Coding
import HTTP
import SQL
import Testing
import Values

@testable import Resources

/// S3-12, S4-13: the border holds for live events as for reads. Every kind of change to rows of every kind
/// of owner, within a side and across the border, under every kind of rule, told to everybody.
///
/// What each may hear is decided twice: by the server, and by `BorderCaller.meets` in plain Swift.
@Suite(.timeLimit(.minutes(5))) struct BorderEventTests {
    @Test(arguments: Engine.tested)
    func `no event tells of what is across the border`(on engine: Engine) async throws {
        try await withBorderWorld(on: engine) { client, world in
            let writes = try BorderWrite.all(of: world)
            var live: [(caller: BorderCaller, socket: TestSocket, start: Int64)] = []
            for caller in world.callers {
                let (socket, start) = try await listener(caller, client, since: nil)
                live.append((caller, socket, start))
            }
            let now = client.clock.now
            for some in writes.chunks(of: 300) {
                try await client.server.database.transaction { transaction in
                    try await ChangeLog.append(
                        some.map { $0.change(at: now) }, in: transaction)
                }
            }
            for (caller, socket, start) in live {
                try await check(caller, socket, writes, world)
                // The same for who was away meanwhile.
                let (again, _) = try await listener(caller, client, since: start)
                try await check(caller, again, writes, world, byTopic: true)
                await socket.leave()
                await again.leave()
            }
        }
    }

    /// A socket that listens to all that its caller may listen to, and is told so; to the rest not.
    private func listener(
        _ caller: BorderCaller, _ client: TestClient, since: Int64?
    ) async throws -> (TestSocket, Int64) {
        let socket = try await client.another().socket("/api/websocket", caller.fields)
        var start: Int64 = 0
        for kind in BorderKind.all {
            let admits = try !caller.isStranger || kind.policy.rule(.read).admitsStrangers
            var message: JSONObject = [
                "type": "subscribe", "id": .string(kind.name),
                "topic": .string("resources/" + kind.name),
            ]
            message["since"] = since.map { .integer($0) }
            if since == nil {
                let answer = await socket.ask(.object(message))
                #expect(answer?["type"] == (admits ? "ack" : "error"), "\(answer ?? .null)")
                if let seq = answer?["seq"]?.asInteger { start = seq }
            } else if admits {
                await socket.say(.object(message))
            }
        }
        return (socket, start)
    }

    /// All that he hears is what he may, and it is all of it.
    private func check(
        _ caller: BorderCaller, _ socket: TestSocket, _ writes: [BorderWrite],
        _ world: BorderWorld, byTopic: Bool = false
    ) async throws {
        var expected = try writes.compactMap { try $0.line(for: caller) }
        var heard: [String] = []
        var texts = ""
        while heard.count < expected.count, let message = await socket.next() {
            guard message["type"] == "event" else { continue }
            texts += message.description
            heard.append(BorderWrite.line(of: message))
        }
        // What was missed comes topic by topic.
        if byTopic { (expected, heard) = (expected.sorted(), heard.sorted()) }
        #expect(heard == expected, "\(caller.name)")
        let secrets = Set(
            try writes.flatMap { write in
                try write.markers.filter { try !write.shows($0, to: caller) }
            })
        let words = texts.split { !($0.isLetter || $0.isNumber) }.map(String.init)
        #expect(words.filter(secrets.contains) == [], "\(caller.name)")
    }
}

/// Something that happens to a row: what it was and whose, what it is and whose.
private struct BorderWrite: Sendable {
    let kind: BorderKind
    let id: String
    let change: ChangeKind
    let before: BorderRow?
    let after: BorderRow?
    /// A word that stands in this write only, for each side of it.
    let serial: Int

    private var beforeMarker: String { "b\(serial)w" }
    private var afterMarker: String { "a\(serial)w" }

    var markers: [String] { [beforeMarker, afterMarker] }

    /// Each kind of change to each row, rows that change hands, and a last one that all may hear of.
    static func all(of world: BorderWorld) throws -> [BorderWrite] {
        var writes: [BorderWrite] = []
        func add(
            _ kind: BorderKind, _ change: ChangeKind, _ before: BorderRow?, _ after: BorderRow?
        ) {
            guard let id = (before ?? after)?.id else { return }
            writes.append(
                BorderWrite(
                    kind: kind, id: id, change: change, before: before, after: after,
                    serial: writes.count))
        }
        for kind in BorderKind.all {
            var owners: [String: BorderRow] = [:]
            for row in world.rows(of: kind) {
                owners[row.user ?? row.organization ?? ""] = row
            }
            let rows = owners.sorted { $0.key < $1.key }.map(\.value)
            for row in rows {
                add(kind, .created, nil, row)
                add(kind, .updated, row, row)
                add(kind, .deleted, row, nil)
                add(kind, .restored, nil, row)
                for other in rows where other.id != row.id { add(kind, .updated, row, other) }
            }
        }
        let open = try #require(
            BorderKind.all.first { $0.policy.owner == .none && $0.policy.read == "anyone" })
        add(open, .created, nil, world.rows(of: open).first)
        return writes
    }

    func change(at now: Instant) -> Change {
        Change(
            kind.name, change, id, before: before.map { json($0, beforeMarker) },
            after: after.map { json($0, afterMarker) }, at: now)
    }

    private func json(_ row: BorderRow, _ marker: String) -> JSON {
        var object: JSONObject = ["id": .string(id)]
        if kind.policy.owner == .organization {
            object["organizationId"] = row.organization.map { .string($0) } ?? .null
        }
        if kind.policy.owner != .none { object["userId"] = row.user.map { .string($0) } ?? .null }
        object["name"] = .string(marker)
        return .object(object)
    }

    // MARK: What it is to somebody

    private func sees(_ caller: BorderCaller, _ row: BorderRow?) throws -> Bool {
        guard let row else { return false }
        return caller.meets(try kind.policy.rule(.read), row)
    }

    func shows(_ marker: String, to caller: BorderCaller) throws -> Bool {
        try marker == afterMarker && sees(caller, after)
    }

    func line(for caller: BorderCaller) throws -> String? {
        switch (try sees(caller, before), try sees(caller, after)) {
        case (false, false): nil
        case (true, false): "\(kind.name) \(id) deleted"
        case (true, true): "\(kind.name) \(id) updated \(afterMarker)"
        case (false, true):
            "\(kind.name) \(id) \(change == .updated ? "created" : change.rawValue) \(afterMarker)"
        }
    }

    static func line(of event: JSON) -> String {
        let topic = event["topic"]?.asString?.split(separator: "/").last ?? ""
        let words = [
            String(topic), event["row"]?.asString, event["kind"]?.asString,
            event["data"]?["name"]?.asString,
        ]
        return words.compactMap { $0 }.joined(separator: " ")
    }
}

extension Array {
    fileprivate func chunks(of count: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: self.count, by: count).map {
            self[$0..<Swift.min($0 + count, self.count)]
        }
    }
}

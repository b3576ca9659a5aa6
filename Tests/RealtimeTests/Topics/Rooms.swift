import API
import AtriumTesting
import Coding
import Identity
import Loop
import Synchronization
import Values

@testable import Realtime
@testable import Server

/// Topics of an app in which everybody may listen who is signed in; in `open` strangers, too, and in
/// `closed` nobody.
final class Rooms: TopicFamily {
    private let closed = Mutex<Set<String>>(["closed"])
    private let closing = Mutex<String?>(nil)

    let name = "chat/rooms"
    let hasPresence = true

    static let isFull = Failure("roomIsFull")
    let failures = [FailureRow(Rooms.isFull, .conflict, "ROOM_IS_FULL", "There is no room")]

    let messages = [
        TopicMessage("room.greet") { call in
            guard let name = call.members["name"]?.asString else { throw Rooms.isFull }
            return ["greeting": .string("Hello, \(name)")]
        },
        TopicMessage("room.describe") { _ in ["type": "room", "id": "of its own", "size": 1] },
        TopicMessage("room.enlarge") { call in
            struct Wish: Codable { let by: Int }
            let wish: Wish = try InputReader.read(from: Input(body: .tree(.object(call.members))))
            return ["size": .integer(Int64(wish.by))]
        },
    ]

    func close(_ room: String) { closed.withLock { _ = $0.insert(room) } }

    /// As if it were closed as soon as the next one has been let in.
    func closeAfterNext(_ room: String) { closing.withLock { $0 = room } }

    func require(
        _ action: TopicAction, _ key: String, _ visitor: TopicVisitor, at now: Instant
    ) async throws {
        if closed.withLock({ $0.contains(key) }) { throw Failure.topicNotFound }
        if closing.withLock({ $0 == key }) { close(key) }
        if key == "open", action == .listen { return }
        if action == .listen, visitor.key?.text == "open \(key)" { return }
        if visitor.principal == nil { throw Failure.unauthorized }
        if key == "quiet", action == .publish { throw Failure.forbidden }
    }
}

/// A node with rooms, beside the realtime part that the client's server has.
struct RoomNode: Sendable {
    let realtime: Realtime
    let rooms = Rooms()

    init(_ client: TestClient, _ adjust: (inout RealtimeLimits) -> Void = { _ in }) async throws {
        let program = client.server.program
        var limits = RealtimeLimits()
        adjust(&limits)
        let bus = client.server.parts.bus.bus
        realtime = Realtime(
            Realtime.Parts(
                identity: program.identity, bus: bus, changes: program.changes,
                topics: TopicLog(program.identity.database, bus, keeping: limits.topicMessages),
                rows: program.rows, surfaces: program.surfaces,
                clock: client.clock.clock), limits, webSocket: .init(), families: [rooms])
        try await realtime.start(on: client.server.loops.any, .none)
    }

    /// A socket of a user, or of nobody.
    func socket(_ user: TestUser? = nil) async throws -> TestSocket {
        var caller = RealtimeCaller.nobody
        if let user { caller = try await realtime.caller(ofToken: user.accessToken) }
        return await TestSocket.open(SocketHandler(realtime, caller))
    }
}

/// Runs `body` with so many nodes, each with a bus of its own over one database where that is shared.
func withRooms(
    _ client: TestClient, _ adjust: (inout RealtimeLimits) -> Void = { _ in },
    _ body: (RoomNode) async throws -> Void
) async throws {
    let node = try await RoomNode(client, adjust)
    do {
        try await body(node)
    } catch {
        await node.realtime.stop()
        throw error
    }
    await node.realtime.stop()
}

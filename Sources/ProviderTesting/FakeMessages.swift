import Coding
import HTTP
import Loop
import Synchronization

/// A Messages API on loopback that answers as the real one was seen to: one script for each request
/// that comes, and the last of them for all that come later.
package final class FakeMessages: Sendable {
    /// What has come.
    package struct Received: Sendable {
        package let fields: [String: String]
        package let body: JSON
    }

    private let book: MessageBook
    private let server: ProviderServer

    package convenience init(_ scripts: [MessageScript], port: Int = 0) throws {
        try self.init(MessageBook(scripts), port: port)
    }

    /// Chooses by what is asked, for who cannot know in which order that comes.
    package convenience init(
        choosing: @escaping @Sendable (_ body: JSON) -> MessageScript
    ) throws {
        try self.init(MessageBook([], choosing: choosing), port: 0)
    }

    private init(_ book: MessageBook, port: Int) throws {
        self.book = book
        server = try ProviderServer(port: port) { request in await book.answer(request) }
    }

    /// The base URL for the settings.
    package var address: String { server.address }

    package var received: [Received] { book.received }

    /// Returns when somebody has left without an answer.
    package func untilAbandoned() async { await book.untilAbandoned() }

    /// Other scripts from now on.
    package func play(_ scripts: [MessageScript]) { book.play(scripts) }

    /// Nobody listens any more.
    package func stop() async { await server.stop() }
}

/// The scripts that are left, and what came so far.
private final class MessageBook: Sendable {
    private struct State {
        var scripts: [MessageScript]
        var received: [FakeMessages.Received] = []
    }

    private let state: Mutex<State>
    private let departures = AsyncStream.makeStream(of: Void.self)

    private let choosing: (@Sendable (JSON) -> MessageScript)?

    init(_ scripts: [MessageScript], choosing: (@Sendable (JSON) -> MessageScript)? = nil) {
        state = Mutex(State(scripts: scripts))
        self.choosing = choosing
    }

    var received: [FakeMessages.Received] { state.withLock { $0.received } }

    func play(_ scripts: [MessageScript]) { state.withLock { $0.scripts = scripts } }

    func answer(_ request: Request) async -> Response {
        guard request.method == .post, request.path == "/v1/messages" else {
            return MessageScript.error(.notFound, "not_found_error", "Not Found")
        }
        let bytes = (try? await request.body.collect(upTo: 1 << 20)) ?? []
        let body = (try? JSON(parsing: bytes)) ?? .null
        let fields = ["x-api-key", "anthropic-version", "content-type", "accept"].map { name in
            (name, FieldName(name).flatMap { request[$0] } ?? "")
        }
        let next = state.withLock { state in
            state.received.append(
                .init(fields: Dictionary(uniqueKeysWithValues: fields), body: body))
            return state.scripts.count > 1 ? state.scripts.removeFirst() : state.scripts.first
        }
        let script = choosing?(body) ?? next ?? .success
        return await script.response(to: body) { await self.wait() }
    }

    /// Until whoever asked has left.
    private func wait() async {
        try? await EventLoop.current?.sleep(for: .seconds(600))
        departures.continuation.yield()
    }

    func untilAbandoned() async {
        for await _ in departures.stream { return }
    }
}

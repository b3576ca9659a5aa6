import Coding
import HTTP
import Synchronization
import Values

/// One WebSocket of a client: does what its messages ask for.
final class SocketHandler: WebSocketHandler {
    private let realtime: Realtime
    private let caller: RealtimeCaller
    private let open = Mutex<Listener?>(nil)

    init(_ realtime: Realtime, _ caller: RealtimeCaller) {
        (self.realtime, self.caller) = (realtime, caller)
    }

    // MARK: Life

    func opened(_ socket: any WebSocket) async {
        let listener = Listener(SocketSink(socket), caller, at: realtime.clock.now)
        open.withLock { $0 = listener }
        if let refusal = realtime.listeners.insert(listener) {
            return socket.close(refusal.code, refusal.reason)
        }
        listener.sink.mention(.hello(user: caller.userID))
        await cutIfEnded(listener)
    }

    /// The session may have ended between being looked up and being tied to the socket, when nobody
    /// could tell.
    private func cutIfEnded(_ listener: Listener) async {
        guard let session = listener.caller.session else { return }
        let living = try? await realtime.identity.sessions.living(
            of: [session], at: realtime.clock.now)
        if living?.isEmpty == true { listener.sink.cut(.sessionEnded) }
    }

    func closed(_ socket: any WebSocket, _ end: WebSocketEnd) async {
        let listener = open.withLock { open in
            defer { open = nil }
            return open
        }
        if let listener { await realtime.leave(listener) }
    }

    func farewell(to socket: any WebSocket) -> WebSocketFrame? {
        WebSocketFrame(realtime.reconnect)
    }

    // MARK: Messages

    func received(_ message: WebSocketMessage, on socket: any WebSocket) async throws(WriteError) {
        guard let listener = open.withLock({ $0 }) else { return }
        let step = listener.receive(message, realtime.limits, at: realtime.clock.now)
        do {
            try await carryOut(step, listener, socket)
        } catch let error as WriteError {
            throw error
        } catch let error as Realtime.BrokenOff {
            _ = realtime.error(for: error.error)
            listener.sink.cut(.brokenOff)
        } catch {
            if case .subscribe(_, let topic, _, _) = step {
                listener.leave(topic)
                await realtime.unsubscribe(listener, from: topic)
            }
            try await listener.sink.say(.error(step.id, realtime.error(for: error)))
        }
    }

    private func carryOut(
        _ step: Conversation.Step, _ listener: Listener, _ socket: any WebSocket
    ) async throws {
        let sink = listener.sink
        switch step {
        case .nothing: break
        case .close(let code, let reason): socket.close(code, reason)
        case .answer(.pong(let id, _)):
            try await sink.say(.pong(id, seq: realtime.changes.told))
        case .answer(let message): try await sink.say(message)
        case .signIn(let id, let token): try await signIn(id, token, listener)
        case .subscribe(let id, let topic, let since, let key):
            try await realtime.subscribe(listener, to: topic, since: since, key: key) { seq in
                try await sink.say(
                    .ack(id, ["topic": .string("\(topic)"), "seq": .integer(seq)]))
            }
        case .unsubscribe(let id, let topic):
            await realtime.unsubscribe(listener, from: topic)
            try await sink.say(.ack(id, ["topic": .string("\(topic)")]))
        case .publish(let id, let topic, let data):
            let seq = try await realtime.publish(data, to: topic, by: listener.caller)
            try await sink.say(
                .ack(id, ["topic": .string("\(topic)"), "seq": .integer(seq)]))
        case .presence(let id, let topic):
            let (members, count) = try await realtime.members(of: topic, for: listener.caller)
            try await sink.say(
                .ack(
                    id,
                    [
                        "topic": .string("\(topic)"), "count": .integer(Int64(count)),
                        "members": .list(members),
                    ]))
        case .other(let said):
            guard let answer = try await realtime.answer(said, from: listener.caller) else {
                return try await sink.say(.error(said.id, .unknownType))
            }
            try await sink.say(.ack(said.id, answer))
        }
    }

    private func signIn(_ id: JSON?, _ token: String, _ listener: Listener) async throws {
        let caller = try await realtime.caller(ofToken: token)
        listener.signIn(caller)
        if let refusal = realtime.listeners.tie(listener) { return listener.sink.cut(refusal) }
        await cutIfEnded(listener)
        try await realtime.review(listener)
        for topic in listener.topics {
            await realtime.presence.enter(topic, listener, realtime.families)
        }
        try await listener.sink.say(.ack(id, ["user": caller.userID.map { .string($0) } ?? .null]))
    }
}

extension Conversation.Step {
    /// The message's own id, for whoever answers it.
    fileprivate var id: JSON? {
        switch self {
        case .signIn(let id, _), .subscribe(let id, _, _, _), .unsubscribe(let id, _),
            .publish(let id, _, _), .presence(let id, _):
            id
        case .other(let said): said.id
        case .answer, .close, .nothing: nil
        }
    }
}

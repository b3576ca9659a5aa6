import Coding
import HTTP
import Synchronization

/// What waits for the writer of one stream of events.
final class EventQueue: EventSink {
    /// What is written next.
    enum Item: Sendable {
        case event(EventFrame)
        case message(ServerMessage)
        case comment

        var cost: Int {
            if case .event(let frame) = self { frame.json.count + 64 } else { 256 }
        }
    }

    private struct State {
        var items: [Item] = []
        var bytes = 0
        var isClosed = false
        var reader: UnsafeContinuation<Void, Never>?
        var senders: [UnsafeContinuation<Void, Never>] = []

        mutating func takeSenders() -> [UnsafeContinuation<Void, Never>] {
            defer { senders = [] }
            return senders
        }

        mutating func takeReader() -> UnsafeContinuation<Void, Never>? {
            defer { reader = nil }
            return reader
        }
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) { self.limit = limit }

    var isOpen: Bool { state.withLock { !$0.isClosed } }

    // MARK: Putting in

    func offer(_ event: EventFrame) -> Bool { put(.event(event)) }

    func send(_ event: EventFrame) async throws(WriteError) { try await wait(.event(event)) }

    func say(_ message: ServerMessage) async throws(WriteError) {
        try await wait(.message(message))
    }

    func mention(_ message: ServerMessage) {
        if !put(.message(message)) { cut(.slow) }
    }

    /// Nothing waits in a stream that is quiet.
    func keepAlive() {
        let isQuiet = state.withLock { $0.items.isEmpty }
        if isQuiet { _ = put(.comment) }
    }

    private func put(_ item: Item) -> Bool {
        let (isIn, reader) = state.withLock { state in
            guard !state.isClosed, state.bytes == 0 || state.bytes + item.cost <= limit else {
                return (false, nil as UnsafeContinuation<Void, Never>?)
            }
            state.items.append(item)
            state.bytes += item.cost
            return (true, state.takeReader())
        }
        reader?.resume()
        return isIn
    }

    private func wait(_ item: Item) async throws(WriteError) {
        while !put(item) {
            await withUnsafeContinuation { continuation in
                let mayGoOn = state.withLock { state in
                    if state.isClosed || state.items.isEmpty { return true }
                    state.senders.append(continuation)
                    return false
                }
                if mayGoOn { continuation.resume() }
            }
            if !isOpen { throw WriteError() }
        }
    }

    // MARK: The end

    /// What was put in is still written, with the reason after it.
    func cut(_ farewell: Farewell) {
        close { items in
            if farewell != .goingAway { items = [] }
            items.append(.message(.error(nil, farewell.error)))
        }
    }

    /// What was put in is still written, and nothing more.
    func finish() { close { _ in } }

    /// The client is gone.
    func abandon() { close { $0 = [] } }

    private func close(_ change: (inout [Item]) -> Void) {
        let waiting = state.withLock { state in
            if state.isClosed { return [] as [UnsafeContinuation<Void, Never>] }
            state.isClosed = true
            change(&state.items)
            return state.takeSenders() + (state.takeReader().map { [$0] } ?? [])
        }
        for one in waiting { one.resume() }
    }

    // MARK: Taking out

    /// All that there is, once there is something. Nil at the end.
    func next() async -> [Item]? {
        while true {
            let (items, senders, isClosed) = state.withLock { state in
                defer { (state.items, state.bytes) = ([], 0) }
                return (state.items, state.takeSenders(), state.isClosed)
            }
            for sender in senders { sender.resume() }
            if !items.isEmpty { return items }
            if isClosed { return nil }
            await waitForSome()
        }
    }

    private func waitForSome() async {
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                let mayGoOn = state.withLock { state in
                    if state.isClosed || !state.items.isEmpty { return true }
                    state.reader = continuation
                    return false
                }
                if mayGoOn { continuation.resume() }
            }
        } onCancel: {
            abandon()
        }
    }
}

extension Farewell {
    var error: RealtimeError {
        let words = reason.split(separator: ":", maxSplits: 1)
        return RealtimeError(
            String(words.first ?? ""), words.dropFirst().first.map { String($0.dropFirst()) } ?? "")
    }
}

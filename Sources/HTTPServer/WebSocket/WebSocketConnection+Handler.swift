import HTTP
import Loop

extension WebSocketConnection {
    func deliver(_ message: WebSocketMessage) {
        backlog.append(message)
        backlogBytes += message.cost
        isBacklogFull = backlogBytes > rules.limits.backlogBytes
        runHandler()
    }

    /// Starts a task for what waits, unless one runs. Most end before this returns.
    func runHandler() {
        if isHandling { return }
        isHandling = true
        let task = Task.immediate(executorPreference: worker.loop) { [self] in await handleAll() }
        if isHandling { handling = task }
    }

    private func handleAll() async {
        if !hasOpened {
            hasOpened = true
            await handler.opened(self)
        }
        while !backlog.isEmpty {
            let batch = backlog
            backlog = []
            for message in batch where !isAbandoned {
                take(message)
                // Nobody is there any more to be told what failed.
                try? await handler.received(message, on: self)
            }
        }
        isHandling = false
        handling = nil
        if isOver { tellClosed() }
    }

    /// Makes room for others, and reads on when there is enough.
    private func take(_ message: WebSocketMessage) {
        backlogBytes -= message.cost
        guard isBacklogFull, backlogBytes <= rules.limits.backlogBytes / 2 else { return }
        isBacklogFull = false
        if !isReading { goOn() }
    }

    /// A client that is gone wants nothing; what came before a close frame is still handled.
    private var isAbandoned: Bool { isOver && !state.end.isClean }

    // MARK: The end

    func endHandler() {
        if isAbandoned { backlog = [] }
        if isHandling {
            handling?.cancel()
        } else {
            tellClosed()
        }
    }

    /// In a task of its own, which nobody has cancelled.
    private func tellClosed() {
        _ = Task.immediate(executorPreference: worker.loop) { [self] in
            await handler.closed(self, state.end)
        }
    }
}

extension WebSocketMessage {
    fileprivate var cost: Int { bytes.count + WebSocketLimits.messageCost }
}

extension EventLoop {
    /// Starts a task on the loop that is nobody's child.
    @discardableResult
    package func spawn<Value: Sendable>(
        _ body: @escaping @Sendable () async -> Value
    ) -> Task<Value, Never> {
        Task(executorPreference: self) { await body() }
    }

    @discardableResult
    package func spawn<Value: Sendable>(
        throwing body: @escaping @Sendable () async throws -> Value
    ) -> Task<Value, any Error> {
        Task(executorPreference: self) { try await body() }
    }

    /// Waits by the loop's clock. Ends early, with an error, when the task is cancelled.
    package func sleep(for delay: Duration) async throws(CancellationError) {
        try await wait { $0.start(after: delay) }
    }

    /// Waits until `descriptor` can be read. The descriptor must not be watched otherwise. Returns
    /// at once when it cannot be waited for: the read then tells why.
    package func readable(_ descriptor: Int32) async throws(CancellationError) {
        try await wait { $0.start(descriptor, for: .read) }
    }

    /// Waits until `descriptor` can be written, under the same conditions as `readable`.
    package func writable(_ descriptor: Int32) async throws(CancellationError) {
        try await wait { $0.start(descriptor, for: .write) }
    }

    private func wait(
        _ start: @escaping @Sendable (Wait) -> Void
    ) async throws(CancellationError) {
        let wait = Wait(loop: self)
        let outcome = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                onLoop {
                    if wait.begin(continuation) { start(wait) }
                }
            }
        } onCancel: {
            onLoop { wait.end(.failure(CancellationError())) }
        }
        try outcome.get()
    }

    private func onLoop(_ work: @escaping @Sendable () -> Void) {
        if isCurrent { work() } else { post(work) }
    }
}

/// One suspended task that waits for a timer or a descriptor, or for its cancellation.
// Safe because its state is touched on the loop's thread only.
private final class Wait: FileDescriptorHandler, @unchecked Sendable {
    typealias Outcome = Result<Void, CancellationError>

    private let loop: EventLoop
    private var continuation: UnsafeContinuation<Outcome, Never>?
    private var outcome: Outcome?
    private var timer: Timer?
    private var watcher: FileDescriptorWatcher?

    init(loop: EventLoop) { self.loop = loop }

    /// False when the task was cancelled before it began to wait.
    func begin(_ continuation: UnsafeContinuation<Outcome, Never>) -> Bool {
        if let outcome {
            continuation.resume(returning: outcome)
            return false
        }
        self.continuation = continuation
        return true
    }

    func start(after delay: Duration) {
        timer = loop.schedule(after: delay) { [self] in end(.success(())) }
    }

    func start(_ descriptor: Int32, for interest: Interest) {
        watcher = loop.watch(descriptor, for: interest, self)
        if watcher == nil { end(.success(())) }
    }

    func fileDescriptorIsReady(_ events: Interest) { end(.success(())) }

    func end(_ outcome: Outcome) {
        if self.outcome != nil { return }
        self.outcome = outcome
        timer?.cancel()
        watcher?.remove()
        (timer, watcher) = (nil, nil)
        continuation?.resume(returning: outcome)
        continuation = nil
    }
}

import Loop
import SQL
import Synchronization

/// A transaction that a test takes step by step, beside others.
///
/// Its body waits for what to do next, which no transaction of a program does.
final class SteppedTransaction: Sendable {
    typealias Step = @Sendable (any Transaction) async throws -> Void

    private enum Order: Sendable {
        case step(Step, UnsafeContinuation<Void, any Error>)
        case end(isKept: Bool)
    }

    private let orders: AsyncStream<Order>.Continuation
    private let body: Task<Void, any Error>

    init(on database: any Database, _ loop: EventLoop) {
        let (stream, orders) = AsyncStream.makeStream(of: Order.self)
        self.orders = orders
        body = loop.spawn(throwing: {
            try await database.transaction { transaction in
                for await order in stream {
                    switch order {
                    case .step(let step, let done):
                        do {
                            try await step(transaction)
                            done.resume()
                        } catch {
                            done.resume(throwing: error)
                            throw error
                        }
                    case .end(true): return
                    case .end(false): throw Undone()
                    }
                }
            }
        })
    }

    /// Runs a step in the transaction.
    func take(_ step: @escaping Step) async throws {
        try await withUnsafeThrowingContinuation { done in
            _ = orders.yield(.step(step, done))
        }
    }

    func commit() async throws {
        orders.yield(.end(isKept: true))
        try await body.value
    }

    func rollBack() async {
        orders.yield(.end(isKept: false))
        _ = await body.result
    }
}

/// What a step has found.
// Safe because it is read after the step that writes it.
final class Reply: @unchecked Sendable {
    var value = false
}

import Loop
import SQL
import Synchronization
import Values

/// Knows whether requests can be answered.
final class Readiness: Sendable {
    /// How long the database may take to say that it is there.
    private static let patience: Duration = .seconds(2)

    private let database: any Database
    private let loops: EventLoopGroup?
    private let draining = Atomic(false)

    /// Without loops, which only a program that is never started has, the database is waited for.
    init(_ database: any Database, _ loops: EventLoopGroup?) {
        self.database = database
        self.loops = loops
    }

    func startDraining() { draining.store(true, ordering: .relaxed) }

    func check() async -> ReadinessReport {
        ReadinessReport(
            database: await databaseAnswers(), isDraining: draining.load(ordering: .relaxed))
    }

    /// A statement cannot be called back, so the answer does not wait for one that hangs.
    private func databaseAnswers() async -> Bool {
        guard let loop = EventLoop.current ?? loops?.any else { return await ask() }
        return await withUnsafeContinuation { continuation in
            let answer = FirstAnswer(continuation)
            let patience = loop.spawn {
                guard (try? await loop.sleep(for: Self.patience)) != nil else { return }
                answer.give(false)
            }
            loop.spawn {
                answer.give(await self.ask())
                patience.cancel()
            }
        }
    }

    private func ask() async -> Bool {
        (try? await database.first(Self.question)) != nil
    }

    private static let question = Statement(
        .point, "SELECT CAST(1 AS bigint)", returns: Single<Int>.self)

    static let statements: [StatementCore] = [question.core]
}

/// Takes the first of several answers.
private final class FirstAnswer: Sendable {
    private let continuation: Mutex<UnsafeContinuation<Bool, Never>?>

    init(_ continuation: UnsafeContinuation<Bool, Never>) {
        self.continuation = Mutex(continuation)
    }

    func give(_ answer: Bool) {
        let waiting = continuation.withLock { continuation in
            defer { continuation = nil }
            return continuation
        }
        waiting?.resume(returning: answer)
    }
}

import Synchronization

/// Counts what happens on any thread.
final class Log: Sendable {
    private let entries = Mutex<[String]>([])
    func add(_ entry: String) { entries.withLock { $0.append(entry) } }
    var count: Int { entries.withLock { $0.count } }
}

import Synchronization
import Values

/// Which of the files that have a row and are not on the disk the log has had a line about: one for each
/// in an hour, and so many lines at most. A disk that is gone lacks all of them.
final class MissingFiles: Sendable {
    static let linesMax = 20

    private struct Told {
        var hour: Int64 = 0
        var ids: Set<ID<StoredFile>> = []
    }

    private let told = Mutex(Told())

    /// Whether the log is to have a line.
    func isNews(_ id: ID<StoredFile>, at now: Instant) -> Bool {
        told.withLock { told in
            let hour = now.seconds / 3600
            if told.hour != hour { told = Told(hour: hour) }
            return told.ids.count < Self.linesMax && told.ids.insert(id).inserted
        }
    }
}

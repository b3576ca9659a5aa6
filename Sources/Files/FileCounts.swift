import Synchronization

/// What a node's files came to since it started.
package final class FileCounts: Sendable {
    private let stored = Atomic(0)
    private let bytes = Atomic(0)
    private let refused = Atomic(0)
    private let orphans = Atomic(0)
    private let missed = Atomic(0)

    package var filesStored: Int { stored.load(ordering: .relaxed) }
    package var bytesStored: Int { bytes.load(ordering: .relaxed) }
    package var uploadsRefused: Int { refused.load(ordering: .relaxed) }
    /// Files that had no row.
    package var orphansPutAside: Int { orphans.load(ordering: .relaxed) }
    /// Times that somebody wanted a file which has a row and was not there.
    package var filesMissed: Int { missed.load(ordering: .relaxed) }

    func countStored(_ bytes: Int) {
        stored.add(1, ordering: .relaxed)
        self.bytes.add(bytes, ordering: .relaxed)
    }

    func countRefused() { refused.add(1, ordering: .relaxed) }
    func countMissed() { missed.add(1, ordering: .relaxed) }
    func countOrphans(_ count: Int) { orphans.add(count, ordering: .relaxed) }
}

import Synchronization

/// What a node's files came to since it started.
package final class FileCounts: Sendable {
    private let stored = Atomic(0)
    private let bytes = Atomic(0)
    private let refused = Atomic(0)

    package var filesStored: Int { stored.load(ordering: .relaxed) }
    package var bytesStored: Int { bytes.load(ordering: .relaxed) }
    package var uploadsRefused: Int { refused.load(ordering: .relaxed) }

    func countStored(_ bytes: Int) {
        stored.add(1, ordering: .relaxed)
        self.bytes.add(bytes, ordering: .relaxed)
    }

    func countRefused() { refused.add(1, ordering: .relaxed) }
}

import Changes
import Coding
import Values

/// The `changes` section: what is kept of what was written to rows, for those who follow it.
package struct ChangeSettings: Codable, Sendable {
    /// How many changes are kept. Each is as large as its row twice over: before and after.
    package var keep: PositiveCount = 100_000
    /// How long they are kept at most. Who has not followed for longer is told to read all anew.
    package var keepFor: TimeSpan = "7d"

    init() {}
}

extension ChangeRetention {
    init(_ settings: ChangeSettings) {
        self.init(count: settings.keep.value, age: settings.keepFor.duration)
    }
}

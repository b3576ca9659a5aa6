import Coding
import SQL
import Values

/// What happened to a row.
package enum ChangeKind: String, SQLValue, CaseIterable, Sendable {
    case created, updated, deleted, restored
}

/// That a row was written: which, how, and what it was before and after, as its readers see it.
///
/// Values that are sealed in the row's table are not in here in the clear.
package struct Change: Hashable, Sendable {
    /// Whose readers it is for: the resource's name.
    package let topic: String
    package let kind: ChangeKind
    /// The row's id as text.
    package let row: String
    package let before: JSON?
    package let after: JSON?
    package let at: Instant

    package init(
        _ topic: String, _ kind: ChangeKind, _ row: String, before: JSON? = nil,
        after: JSON? = nil, at: Instant
    ) {
        (self.topic, self.kind, self.row) = (topic, kind, row)
        (self.before, self.after, self.at) = (before, after, at)
    }
}

/// A change in its place: `seq` counts from 1, without a gap, in an order in which none comes before
/// what it could have seen.
package struct NumberedChange: Hashable, Sendable {
    package let seq: Int64
    package let change: Change
}

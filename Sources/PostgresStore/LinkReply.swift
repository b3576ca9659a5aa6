import SQL

/// What the one who sent a statement is told.
enum LinkReply<Rows> {
    case rows(Rows)
    /// A script has run.
    case finished
    case failed(DatabaseError)
    /// It did not run: a statement before it in its batch failed.
    case aborted
    /// It did not run: its prepared form no longer fits. It is prepared anew when sent again.
    case stale
    /// The connection ended first. A write may have run.
    case lost
}

extension LinkReply: Sendable where Rows: Sendable {}

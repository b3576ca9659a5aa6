import SQL

/// What is done again by itself, and how often: only what surely did not run, and reads.
struct Retries {
    private var aborted = 0
    private var lost = 0
    private var stale = 0
    private var serialization = 0

    /// Whether the next attempt has a sync of its own: others in its batch failed too often.
    var isAlone: Bool { aborted >= 3 }

    /// Nil when the statement is to be sent again.
    mutating func failure(
        after reply: Link.Reply, of statement: StatementCore
    ) -> DatabaseError? {
        switch reply {
        case .rows, .finished: nil
        case .failed(let error):
            error.code == .serialization && Self.count(&serialization) ? nil : error
        case .aborted: Self.count(&aborted, upTo: 8) ? nil : Self.neverRan
        case .stale: Self.count(&stale, upTo: 2) ? nil : Self.alwaysStale
        case .lost where statement.kind == .write: Self.unknownOutcome
        case .lost: Self.count(&lost) ? nil : Self.connectionLost
        }
    }

    private static func count(_ counter: inout Int, upTo limit: Int = 3) -> Bool {
        counter += 1
        return counter <= limit
    }

    static let unknownOutcome = DatabaseError(
        .unknownOutcome, "the connection was lost while the statement was on its way")
    static let connectionLost = DatabaseError(
        .connection, "the connection was lost each time the statement was sent")
    static let neverRan = DatabaseError(
        .other, "other statements of its batch failed each time it was sent")
    static let alwaysStale = DatabaseError(
        .statement, "the statement's plan became unfit each time it was prepared")
}

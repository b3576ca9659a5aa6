import HTTP
import Values

/// A surface's table: how it shows each failure.
struct FailureTable: Sendable {
    private let rows: [Failure.Kind: FailureRow]

    init(_ rows: [FailureRow]) {
        self.rows = Dictionary(rows.map { ($0.failure.kind, $0) }) { first, _ in first }
    }

    func has(_ failure: Failure) -> Bool { rows[failure.kind] != nil }

    /// The failure in the surface's words; what has no row is our fault, as tests and the start show.
    func answer(_ failure: Failure) -> ErrorAnswer {
        guard let row = rows[failure.kind] else {
            return ErrorAnswer(.internalServerError, "INTERNAL_ERROR", "Something went wrong")
        }
        var answer = row.answer
        if !failure.details.isEmpty, let message = row.message {
            answer.message = message(failure.details)
        }
        return answer
    }
}

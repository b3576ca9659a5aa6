import Coding
import HTTP

/// A refusal that comes when the answer has begun already: one of the events of a stream, which says
/// in its surface's words what would have been the answer.
package struct LateRefusal: Sendable {
    /// The error's body, and with it the `status` that it would have had.
    package let body: JSON

    /// What an operation threw. `rows` are the surface's; what is no fault of the caller's is written
    /// into the log.
    package init(
        _ error: any Error, _ errors: ErrorShape, _ rows: [FailureRow], to call: Call
    ) {
        let failure = Failure(at: error)
        if failure.isOurs { call.report(failure) }
        let answer = FailureTable(rows).answer(failure)
        var body = errors.body(answer).asObject ?? [:]
        body["status"] = .integer(Int64(answer.status.code))
        if let wait = failure.retryAfter {
            body["retryAfter"] = .integer(wait.roundedUpToSeconds)
        }
        self.body = .object(body)
    }
}

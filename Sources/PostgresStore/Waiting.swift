import SQL

/// Work that waits for a connection.
struct Waiting {
    enum Work {
        case statement(
            StatementCore, bind: @Sendable (any BindTarget) -> Void, Link.Ticket)
        /// A transaction, which holds the link until it gives it back.
        case pin(UnsafeContinuation<Result<Link, DatabaseError>, Never>)
    }

    let work: Work
    /// By the loop's clock.
    let deadline: Duration

    func fail(_ error: DatabaseError) {
        switch work {
        case .statement(_, _, let ticket): ticket.resume(returning: .failed(error))
        case .pin(let continuation): continuation.resume(returning: .failure(error))
        }
    }
}

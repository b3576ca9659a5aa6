import HTTP
import Logs
import Synchronization
import Values

/// What an operation knows of the request it answers. Nothing an operation needs is global.
package struct Call: Sendable {
    package let request: Request
    /// The moment the request came in: one for all it writes.
    package let now: Instant
    /// The client's `x-request-id`, or one made here.
    package let requestID: String
    package let logger: Logger
    /// Bytes a body may have where the operation does not say.
    let bodyBytesMax: Int
    let traffic: TrafficLimiter?
    private let notes = Notes()

    package init(
        request: Request, now: Instant, requestID: String, logger: Logger,
        bodyBytesMax: Int = 1 << 20, traffic: TrafficLimiter? = nil
    ) {
        self.request = request
        self.now = now
        self.requestID = requestID
        self.logger = logger
        self.bodyBytesMax = bodyBytesMax
        self.traffic = traffic
    }

    /// What is found out on the way and shown at the end: in the log line and the limit's fields.
    private final class Notes: Sendable {
        let userID = Mutex<String?>(nil)
        let limit = Mutex<LimitState?>(nil)
    }

    /// Who calls, once a guard knows.
    package var userID: String? { notes.userID.withLock { $0 } }

    package var limit: LimitState? { notes.limit.withLock { $0 } }

    package func note(userID: String) {
        notes.userID.withLock { $0 = userID }
    }

    /// Shows where the caller stands with a limit; throws when he is over it.
    package func apply(_ state: LimitState) throws {
        notes.limit.withLock { $0 = state }
        if state.isOver { throw Failure.tooManyRequests.retry(after: state.resetsAfter) }
    }

    /// Counts the request for its user, or for its network when nobody is signed in.
    func countTraffic() throws {
        guard let traffic else { return }
        try apply(traffic.count(userID ?? request.client.network.description, at: now))
    }
}

import Coding
import HTTP
import Logs
import Synchronization
import Values

/// What an operation knows of the request it answers. Nothing an operation needs is global.
package final class Call: Sendable {
    package let request: Request
    /// The moment the request came in: one for all it writes.
    package let now: Instant
    /// The client's `x-request-id`, or one made here.
    package let requestID: String
    private let surroundings: Surroundings
    private let notes = Mutex(Notes())

    /// What is the same for all calls of an application.
    final class Surroundings: Sendable {
        let logger: Logger
        /// Bytes a body may have where the operation does not say.
        let bodyBytesMax: Int
        let traffic: TrafficLimiter?

        init(logger: Logger, bodyBytesMax: Int, traffic: TrafficLimiter?) {
            self.logger = logger
            self.bodyBytesMax = bodyBytesMax
            self.traffic = traffic
        }
    }

    /// What is found out on the way and shown at the end: in the log line and the limit's fields.
    private struct Notes {
        var userID: String?
        /// Who else than a user the request counts for.
        var organizationID: String?
        var limit: LimitState?
        var extraMembers: JSONObject = [:]
    }

    init(request: Request, now: Instant, requestID: String, in surroundings: Surroundings) {
        self.request = request
        self.now = now
        self.requestID = requestID
        self.surroundings = surroundings
    }

    /// A call of its own, for tests.
    package convenience init(
        request: Request, now: Instant, requestID: String, logger: Logger,
        bodyBytesMax: Int = 1 << 20
    ) {
        self.init(
            request: request, now: now, requestID: requestID,
            in: Surroundings(logger: logger, bodyBytesMax: bodyBytesMax, traffic: nil))
    }

    package var logger: Logger { surroundings.logger }
    var bodyBytesMax: Int { surroundings.bodyBytesMax }

    /// Who calls, once a guard knows.
    package var userID: String? { notes.withLock { $0.userID } }

    /// What the body has of the members that settings declare, checked.
    package var extraMembers: JSONObject { notes.withLock { $0.extraMembers } }

    func note(extraMembers: JSONObject) {
        notes.withLock { $0.extraMembers = extraMembers }
    }

    package var limit: LimitState? { notes.withLock { $0.limit } }

    package func note(userID: String) {
        notes.withLock { $0.userID = userID }
    }

    /// The request is made for an organization and by no user.
    package func note(organizationID: String) {
        notes.withLock { $0.organizationID = organizationID }
    }

    /// Shows where the caller stands with a limit; throws when he is over it.
    package func apply(_ state: LimitState) throws {
        notes.withLock { $0.limit = state }
        if state.isOver { throw Failure.tooManyRequests.retry(after: state.resetsAfter) }
    }

    /// Counts the request for its user or organization, or for its network when nobody is signed in.
    func countTraffic() throws {
        guard let traffic = surroundings.traffic else { return }
        let found = notes.withLock { $0.userID ?? $0.organizationID }
        try apply(traffic.count(found ?? request.client.network.description, at: now))
    }
}

extension Call {
    /// Writes into the log what is no fault of the caller's.
    func report(_ failure: Failure) {
        logger.with(requestID: requestID, userID: userID).error(
            "request failed",
            [
                "path": .string(request.path), "failure": .string(failure.kind.name),
                "error": .string(failure.underlying.map { String(reflecting: $0) } ?? ""),
            ])
    }
}

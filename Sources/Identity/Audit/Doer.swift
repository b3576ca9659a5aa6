import API
import Coding
import SQL
import Values

/// Who does something, from where and when: what a change that is recorded has to be told.
package struct Doer: Sendable {
    /// As whom: where an operator does it for somebody, that user.
    package let user: ID<User>
    package let origin: AuditOrigin
    package let now: Instant
    private let session: ID<Session>?

    package init(_ caller: Caller, _ call: Call) {
        user = caller.user.id
        session = caller.session.id
        origin = AuditOrigin(call, .user(caller.user.id))
        now = call.now
    }

    /// An operator in the place of a user.
    package init(operatorAs user: ID<User>, at now: Instant) {
        self.user = user
        self.now = now
        origin = .operator
        session = nil
    }

    /// Writes into the audit log what is done to `user`: to the doer himself, if nobody else is named.
    package func record(
        _ event: AuditEvent, about user: ID<User>? = nil, _ details: JSONObject,
        _ log: AuditLog, in transaction: any Transaction
    ) async throws {
        try await log.append(
            event, about: user ?? self.user, session: session, by: origin, details: details,
            at: now, in: transaction)
    }
}

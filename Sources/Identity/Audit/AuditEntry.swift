import API
import Coding
import HTTP
import SQL
import Secrets
import Values

/// Who did what is recorded.
package enum AuditActor: Sendable {
    case user(ID<User>)
    /// Whoever has a shell on the server.
    case `operator`
    /// Who has not shown who he is.
    case anonymous

    var text: String {
        switch self {
        case .user(let id): "user:\(id)"
        case .operator: "operator"
        case .anonymous: "anonymous"
        }
    }
}

/// From where it was done.
package struct AuditOrigin: Sendable {
    var actor: AuditActor
    var address: String?
    var userAgent: String?
    var requestID: String?

    package static let `operator` = AuditOrigin(actor: .operator)

    package init(actor: AuditActor) {
        self.actor = actor
    }

    package init(_ call: Call, _ actor: AuditActor) {
        self.actor = actor
        address = call.request.client.description
        userAgent = call.request[.userAgent].map { String($0.prefix(Self.userAgentMax)) }
        requestID = call.requestID
    }

    private static let userAgentMax = 255
}

/// One line of the audit log. It holds no secret, and of an unknown address not even the address.
package struct AuditEntry: RowDecodable {
    package let id: ID<AuditEntry>
    package let at: Instant
    package let event: AuditEvent
    package let actor: String
    package let userID: ID<User>?
    package let sessionID: ID<Session>?
    package let address: String?
    package let userAgent: String?
    package let requestID: String?
    /// A JSON object, as text: what is hashed stays as it was written.
    package let details: String

    init(
        _ event: AuditEvent, about user: ID<User>?, _ session: ID<Session>?, by origin: AuditOrigin,
        _ details: JSONObject, id: ID<AuditEntry>, at now: Instant
    ) {
        (self.id, at, self.event) = (id, now, event)
        (userID, sessionID) = (user, session)
        actor = origin.actor.text
        (address, userAgent, requestID) = (origin.address, origin.userAgent, origin.requestID)
        self.details = JSON.object(details).description
    }

    package init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        at = try row.next()
        event = try row.next()
        actor = try row.next()
        userID = try row.next()
        sessionID = try row.next()
        address = try row.next()
        userAgent = try row.next()
        requestID = try row.next()
        details = try row.next()
    }

    /// The hash of this entry as the one numbered `seq` after one with the hash `previous`.
    ///
    /// Each field is written with its length before it, so that no two entries are the same text.
    func hash(after previous: Digest, seq: Int64) -> Digest {
        let fields: [String?] = [
            "1", previous.hexadecimal, "\(seq)", id.description, "\(at.microseconds)",
            event.rawValue, actor, userID?.description, sessionID?.description, address, userAgent,
            requestID, details,
        ]
        let text = fields.map { field in field.map { "\($0.utf8.count):\($0)" } ?? "-" }
        return SHA256.digest(of: text.joined(separator: "\n"))
    }
}

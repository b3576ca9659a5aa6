import Coding
import SQL
import Secrets
import Values

/// A user signed in on one device. Everything that device holds, cookie, refresh tokens and access
/// tokens alike, ends with it.
package struct Session: Hashable, Sendable {
    package let id: ID<Session>
    package let userID: ID<User>
    package var expiresAt: Instant
    package let createdAt: Instant
    package var updatedAt: Instant
    package let address: String?
    package let userAgent: String?
    /// Whether it is to outlive the browser's window.
    package let isRemembered: Bool
    /// The fields that settings add, as clients see them. Nil where there are none.
    package var fields: JSONObject?
}

extension Session: RowDecodable {
    package init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        userID = try row.next()
        expiresAt = try row.next()
        createdAt = try row.next()
        updatedAt = try row.next()
        address = try row.next()
        userAgent = try row.next()
        isRemembered = try row.next()
    }
}

/// A session that has not ended, with its user: the one row that every signed-in request reads.
///
/// One object, because it is handed from the guard to the operation to the answer, and has a dozen
/// strings.
package final class ActiveSession: RowDecodable {
    package let session: Session
    package let user: User

    package init(session: Session, user: User) {
        self.session = session
        self.user = user
    }

    package init(row: inout Row) throws(DatabaseError) {
        session = try Session(row: &row)
        user = try User(row: &row)
    }
}

/// Who is at the other end when a session starts.
package struct Device: Sendable {
    package var address: String?
    package var userAgent: String?

    package init(address: String?, userAgent: String?) {
        self.address = address
        self.userAgent = userAgent
    }
}

/// The secret that names a session in cookies: 32 characters of [A-Za-z0-9].
package struct SessionToken: Sendable {
    package let text: Secret<String>

    package static let length = 32

    package init(_ text: String) {
        self.text = Secret(text)
    }

    package var hash: TokenHash { TokenHash(of: text.exposed) }
}

import SQL
import Secrets
import Values

/// A token that is exchanged for a new pair of tokens: `rt_` and 43 characters of base64url.
package struct RefreshToken: Sendable {
    package let text: Secret<String>

    package static let prefix = "rt_"

    /// Nil for text that no refresh token can be.
    package init?(_ text: String) {
        guard text.hasPrefix(Self.prefix), text.utf8.count == Self.prefix.utf8.count + 43 else {
            return nil
        }
        self.text = Secret(text)
    }

    init(from randomness: Randomness) {
        text = Secret(RandomToken.refresh(from: randomness))
    }

    var hash: TokenHash { TokenHash(of: text.exposed) }
}

/// The row of a refresh token that was presented.
///
/// All tokens that follow from one sign-in are a family; the family hangs on the session.
struct RefreshRow: RowDecodable {
    let id: ID<RefreshRow>
    let userID: ID<User>
    let sessionID: ID<Session>
    let familyID: ID<RefreshFamily>
    let expiresAt: Instant
    let rotatedAt: Instant?
    let revokedAt: Instant?
    /// The successor, sealed under a key that only the predecessor gives; erased when the grace ends.
    let sealedSuccessor: String?

    init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        userID = try row.next()
        sessionID = try row.next()
        familyID = try row.next()
        expiresAt = try row.next()
        rotatedAt = try row.next()
        revokedAt = try row.next()
        sealedSuccessor = try row.next()
    }
}

/// The tokens that follow from one sign-in.
enum RefreshFamily {}

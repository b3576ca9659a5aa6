import Coding
import SQL
import Values

/// What is remembered of somebody who was sent to a provider, until he comes back.
package struct SignInMemo: Codable, Sendable {
    /// The secret behind the code challenge (RFC 7636).
    package var codeVerifier: String?
    /// What the id_token has to repeat.
    package var nonce: String?
    /// Whether a user may be made of him where the provider asks for that wish.
    package var requestsSignUp = false
    /// The user whom the account is to be linked to; nil for signing in.
    package var linksTo: String?
    /// Where the provider was told to send him back.
    package var redirectURI: String
    /// What the surface that sent him wants to know again, such as where a page goes on.
    package var notes: [String: String] = [:]

    package init(redirectURI: String) { self.redirectURI = redirectURI }

    package var linkedUser: ID<User>? { linksTo.flatMap { ID($0) } }
}

/// A row of `sign_in_states`.
struct SignInState: RowDecodable {
    let id: ID<SignInState>
    let sealedMemo: String

    init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        sealedMemo = try row.next()
    }

    static let insert = Statement(
        .write,
        """
        INSERT INTO sign_in_states (id, state_hash, browser_hash, provider, user_id, memo_sealed,
            expires_at, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """, binds: ID<SignInState>.self, TokenHash.self, TokenHash.self, String.self,
        ID<User>?.self, String.self, Instant.self, Instant.self)

    /// Once, from the browser that began: of all that race for it, one gets the row.
    static let consume = Statement(
        .write,
        """
        DELETE FROM sign_in_states
        WHERE state_hash = $1 AND browser_hash = $2 AND provider = $3 AND expires_at > $4
        RETURNING id, memo_sealed
        """, binds: TokenHash.self, TokenHash.self, String.self, Instant.self,
        returns: SignInState.self)

    /// From whatever browser: to tell one that did not begin from a state that is used or unknown.
    static let find = Statement(
        .point,
        """
        SELECT id, memo_sealed FROM sign_in_states
        WHERE state_hash = $1 AND provider = $2 AND expires_at > $3
        """, binds: TokenHash.self, String.self, Instant.self, returns: SignInState.self)

    static let deleteExpired = Statement(
        .write, "DELETE FROM sign_in_states WHERE expires_at <= $1", binds: Instant.self)

    static let statements: [StatementCore] = [
        insert.core, consume.core, find.core, deleteExpired.core,
    ]
}

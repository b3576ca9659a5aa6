import Identity
import SQL
import Values

/// A tie of a user to a provider. What the provider gave to act for him is not read here.
struct OwnAccount: RowDecodable {
    let id: ID<OwnAccount>
    let provider: String
    let issuer: String
    let accountID: String
    let scope: String?
    let createdAt: Instant
    let updatedAt: Instant

    init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        provider = try row.next()
        issuer = try row.next()
        accountID = try row.next()
        scope = try row.next()
        createdAt = try row.next()
        updatedAt = try row.next()
    }

    /// A hundred at most; a user has one or two.
    static let list = Statement(
        .scan,
        """
        SELECT id, provider, issuer, provider_account_id, scope, created_at, updated_at
        FROM oauth_accounts WHERE user_id = $1 ORDER BY created_at, id LIMIT 100
        """, binds: ID<User>.self, returns: OwnAccount.self)

    static let statements: [StatementCore] = [list.core]
}

import SQL
import Values

/// A user's tie to a provider: a row of `oauth_accounts`. Its tokens are sealed.
package struct ProviderAccount: RowDecodable {
    package let id: ID<ProviderAccount>
    package let userID: ID<User>
    package let provider: String
    /// In whose name the provider's ids are.
    package let issuer: String
    /// The user's id there.
    package let accountID: String
    /// With commas between them.
    package let scope: String?
    package let accessTokenExpiresAt: Instant?
    package let refreshTokenExpiresAt: Instant?
    package let createdAt: Instant
    package let updatedAt: Instant
    let sealedAccessToken: String
    let sealedRefreshToken: String?
    let sealedIDToken: String?

    package init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        userID = try row.next()
        provider = try row.next()
        issuer = try row.next()
        accountID = try row.next()
        scope = try row.next()
        accessTokenExpiresAt = try row.next()
        refreshTokenExpiresAt = try row.next()
        createdAt = try row.next()
        updatedAt = try row.next()
        sealedAccessToken = try row.next()
        sealedRefreshToken = try row.next()
        sealedIDToken = try row.next()
    }

    package var hasRefreshToken: Bool { sealedRefreshToken != nil }

    /// Each sealing of a token gives another text.
    package func hasOtherTokens(than other: ProviderAccount) -> Bool {
        sealedAccessToken != other.sealedAccessToken
    }

    package var scopes: [String] {
        (scope ?? "").split { $0 == "," || $0 == " " }.map(String.init)
    }
}

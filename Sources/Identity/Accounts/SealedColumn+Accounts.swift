import SQL
import Values

// The tokens of providers, column by column. PostgreSQL's ids are read as text here.

extension SealedRow {
    static let accessTokens = Statement(
        .scan,
        sqlite: """
            SELECT id, access_token FROM oauth_accounts WHERE id > $1 ORDER BY id LIMIT $2
            """,
        postgres: """
            SELECT id::text, access_token FROM oauth_accounts
            WHERE id > COALESCE(NULLIF($1, '')::uuid, '00000000-0000-0000-0000-000000000000')
            ORDER BY id LIMIT $2
            """, binds: String.self, Int.self, returns: SealedRow.self)

    static let providerRefreshTokens = Statement(
        .scan,
        sqlite: """
            SELECT id, COALESCE(refresh_token, '') FROM oauth_accounts
            WHERE id > $1 AND refresh_token IS NOT NULL ORDER BY id LIMIT $2
            """,
        postgres: """
            SELECT id::text, COALESCE(refresh_token, '') FROM oauth_accounts
            WHERE id > COALESCE(NULLIF($1, '')::uuid, '00000000-0000-0000-0000-000000000000')
                AND refresh_token IS NOT NULL
            ORDER BY id LIMIT $2
            """, binds: String.self, Int.self, returns: SealedRow.self)

    static let idTokens = Statement(
        .scan,
        sqlite: """
            SELECT id, COALESCE(id_token, '') FROM oauth_accounts
            WHERE id > $1 AND id_token IS NOT NULL ORDER BY id LIMIT $2
            """,
        postgres: """
            SELECT id::text, COALESCE(id_token, '') FROM oauth_accounts
            WHERE id > COALESCE(NULLIF($1, '')::uuid, '00000000-0000-0000-0000-000000000000')
                AND id_token IS NOT NULL
            ORDER BY id LIMIT $2
            """, binds: String.self, Int.self, returns: SealedRow.self)

    static let replaceAccessToken = Statement(
        .write,
        sqlite: "UPDATE oauth_accounts SET access_token = $2 WHERE id = $1 AND access_token = $3",
        postgres: """
            UPDATE oauth_accounts SET access_token = $2 WHERE id = $1::uuid AND access_token = $3
            """, binds: String.self, String.self, String.self,
        returns: NoRow.self)

    static let replaceProviderRefreshToken = Statement(
        .write,
        sqlite: "UPDATE oauth_accounts SET refresh_token = $2 WHERE id = $1 AND refresh_token = $3",
        postgres: """
            UPDATE oauth_accounts SET refresh_token = $2
            WHERE id = $1::uuid AND refresh_token = $3
            """, binds: String.self, String.self, String.self,
        returns: NoRow.self)

    static let replaceIDToken = Statement(
        .write,
        sqlite: "UPDATE oauth_accounts SET id_token = $2 WHERE id = $1 AND id_token = $3",
        postgres: """
            UPDATE oauth_accounts SET id_token = $2 WHERE id = $1::uuid AND id_token = $3
            """, binds: String.self, String.self, String.self,
        returns: NoRow.self)
}

extension ProviderAccounts {
    var sealedColumns: [SealedColumn] {
        [
            SealedColumn(
                name: "oauth_accounts.access_token", sealer: sealer, page: SealedRow.accessTokens,
                replace: SealedRow.replaceAccessToken),
            SealedColumn(
                name: "oauth_accounts.refresh_token", sealer: sealer,
                page: SealedRow.providerRefreshTokens,
                replace: SealedRow.replaceProviderRefreshToken),
            SealedColumn(
                name: "oauth_accounts.id_token", sealer: sealer, page: SealedRow.idTokens,
                replace: SealedRow.replaceIDToken),
        ]
    }
}

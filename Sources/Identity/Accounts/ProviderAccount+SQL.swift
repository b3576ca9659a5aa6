import SQL
import Values

extension ProviderAccount {
    static let insert = Statement(
        .write,
        """
        INSERT INTO oauth_accounts (id, user_id, provider, issuer, provider_account_id,
            access_token, refresh_token, id_token, access_token_expires_at,
            refresh_token_expires_at, scope, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
        RETURNING id, user_id, provider, issuer, provider_account_id, scope,
            access_token_expires_at, refresh_token_expires_at, created_at, updated_at,
            access_token, refresh_token, id_token
        """, binds: ID<ProviderAccount>.self, ID<User>.self, String.self, String.self, String.self,
        String.self, String?.self, String?.self, Instant?.self, Instant?.self, String?.self,
        Instant.self, returns: ProviderAccount.self)

    static let find = Statement(
        .point,
        """
        SELECT id, user_id, provider, issuer, provider_account_id, scope,
            access_token_expires_at, refresh_token_expires_at, created_at, updated_at,
            access_token, refresh_token, id_token
        FROM oauth_accounts WHERE issuer = $1 AND provider_account_id = $2
        """, binds: String.self, String.self, returns: ProviderAccount.self)

    static let findOwn = Statement(
        .point,
        """
        SELECT id, user_id, provider, issuer, provider_account_id, scope,
            access_token_expires_at, refresh_token_expires_at, created_at, updated_at,
            access_token, refresh_token, id_token
        FROM oauth_accounts WHERE id = $1 AND user_id = $2
        """, binds: ID<ProviderAccount>.self, ID<User>.self, returns: ProviderAccount.self)

    /// A hundred at most; a user has one or two.
    static let list = Statement(
        .scan,
        """
        SELECT id, user_id, provider, issuer, provider_account_id, scope,
            access_token_expires_at, refresh_token_expires_at, created_at, updated_at,
            access_token, refresh_token, id_token
        FROM oauth_accounts WHERE user_id = $1 ORDER BY created_at, id LIMIT 100
        """, binds: ID<User>.self, returns: ProviderAccount.self)

    /// Newer tokens in the place of the ones there are. Ends a claim.
    static let setTokens = Statement(
        .write,
        """
        UPDATE oauth_accounts SET access_token = $2, refresh_token = $3, id_token = $4,
            access_token_expires_at = $5, refresh_token_expires_at = $6, scope = $7,
            updated_at = $8, refresh_claimed_at = NULL
        WHERE id = $1
        RETURNING id, user_id, provider, issuer, provider_account_id, scope,
            access_token_expires_at, refresh_token_expires_at, created_at, updated_at,
            access_token, refresh_token, id_token
        """, binds: ID<ProviderAccount>.self, String.self, String?.self, String?.self,
        Instant?.self, Instant?.self, String?.self, Instant.self, returns: ProviderAccount.self)

    /// Lets one refresh the tokens. `$3` is since when a claim is one of somebody who has died.
    static let claimRefresh = Statement(
        .write,
        """
        UPDATE oauth_accounts SET refresh_claimed_at = $2
        WHERE id = $1 AND (refresh_claimed_at IS NULL OR refresh_claimed_at < $3)
        RETURNING id, user_id, provider, issuer, provider_account_id, scope,
            access_token_expires_at, refresh_token_expires_at, created_at, updated_at,
            access_token, refresh_token, id_token
        """, binds: ID<ProviderAccount>.self, Instant.self, Instant.self,
        returns: ProviderAccount.self)

    static let endClaim = Statement(
        .write, "UPDATE oauth_accounts SET refresh_claimed_at = NULL WHERE id = $1",
        binds: ID<ProviderAccount>.self)

    /// Unless it is the last way in, or `$3` allows that. Whoever runs it holds the user's lock: of
    /// two that unlink the last two accounts, one sees what the other did.
    static let deleteOwn = Statement(
        .write,
        """
        DELETE FROM oauth_accounts WHERE id = $1 AND user_id = $2 AND ($3
            OR EXISTS (SELECT 1 FROM users WHERE id = $2 AND password_hash IS NOT NULL)
            OR EXISTS (SELECT 1 FROM oauth_accounts o WHERE o.user_id = $2 AND o.id <> $1))
        RETURNING id
        """, binds: ID<ProviderAccount>.self, ID<User>.self, Bool.self,
        returns: Single<ID<ProviderAccount>>.self)

    static let statements: [StatementCore] = [
        insert.core, find.core, findOwn.core, list.core, setTokens.core, claimRefresh.core,
        endClaim.core, deleteOwn.core,
    ]
}

extension User {
    /// One who has no password. His address is verified where his provider says so.
    package static let insertByProvider = Statement(
        .write,
        """
        INSERT INTO users (id, email, name, image, email_verified_at, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $6)
        RETURNING id, email, name, image, email_verified_at, created_at, updated_at
        """, binds: ID<User>.self, EmailAddress.self, String?.self, String?.self, Instant?.self,
        Instant.self, returns: User.self)
}

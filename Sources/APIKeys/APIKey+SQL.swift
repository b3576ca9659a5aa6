import Identity
import SQL
import Values

// Who may manage a key stands in each statement: its user, or an owner or admin of its organization.
// To all others there is no such key.

extension APIKey {
    static let findOfUser = Statement(
        .point,
        """
        SELECT k.id, k.scopes, k.last_used_at,
            u.id, u.email, u.name, u.image, u.email_verified_at, u.created_at, u.updated_at
        FROM api_key_secrets s
            JOIN api_keys k ON k.id = s.key_id JOIN users u ON u.id = k.user_id
        WHERE s.secret_hash = $1 AND (s.ends_at IS NULL OR s.ends_at > $2) AND k.is_enabled
            AND (k.expires_at IS NULL OR k.expires_at > $2) AND u.deleted_at IS NULL
        """, binds: TokenHash.self, Instant.self, returns: FoundOfUser.self)

    static let findOfOrganization = Statement(
        .point,
        """
        SELECT k.id, k.scopes, k.last_used_at, o.id
        FROM api_key_secrets s
            JOIN api_keys k ON k.id = s.key_id JOIN organizations o ON o.id = k.organization_id
        WHERE s.secret_hash = $1 AND (s.ends_at IS NULL OR s.ends_at > $2) AND k.is_enabled
            AND (k.expires_at IS NULL OR k.expires_at > $2)
        """, binds: TokenHash.self, Instant.self, returns: FoundOfOrganization.self)

    static let noteUse = Statement(
        .write,
        """
        UPDATE api_keys SET last_used_at = $2
        WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= $3)
        """, binds: ID<APIKey>.self, Instant.self, Instant.self)

    static let insert = Statement(
        .write,
        """
        INSERT INTO api_keys (id, user_id, organization_id, name, start, scopes, expires_at,
            created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
        RETURNING id, user_id, organization_id, name, start, scopes, is_enabled, expires_at,
            last_used_at, created_at, updated_at
        """, binds: ID<APIKey>.self, ID<User>?.self, ID<Organization>?.self, String.self,
        String.self, Scopes.self, Instant?.self, Instant.self, returns: APIKey.self)

    static let insertSecret = Statement(
        .write,
        "INSERT INTO api_key_secrets (secret_hash, key_id, created_at) VALUES ($1, $2, $3)",
        binds: TokenHash.self, ID<APIKey>.self, Instant.self)

    static let countOfUser = Statement(
        .scan, "SELECT count(*) FROM api_keys WHERE user_id = $1", binds: ID<User>.self,
        returns: Single<Int>.self)

    static let countOfOrganization = Statement(
        .scan, "SELECT count(*) FROM api_keys WHERE organization_id = $1",
        binds: ID<Organization>.self, returns: Single<Int>.self)

    static let listOfUser = Statement(
        .scan,
        """
        SELECT id, user_id, organization_id, name, start, scopes, is_enabled, expires_at,
            last_used_at, created_at, updated_at
        FROM api_keys WHERE user_id = $1 ORDER BY id
        """, binds: ID<User>.self, returns: APIKey.self)

    static let listOfOrganization = Statement(
        .scan,
        """
        SELECT id, user_id, organization_id, name, start, scopes, is_enabled, expires_at,
            last_used_at, created_at, updated_at
        FROM api_keys k WHERE organization_id = $1 AND EXISTS (
            SELECT 1 FROM organization_members m WHERE m.organization_id = $1
                AND m.user_id = $2 AND m.role IN ('owner', 'admin'))
        ORDER BY id
        """, binds: ID<Organization>.self, ID<User>.self, returns: APIKey.self)

    static let findManaged = Statement(
        .point,
        """
        SELECT id, user_id, organization_id, name, start, scopes, is_enabled, expires_at,
            last_used_at, created_at, updated_at
        FROM api_keys k WHERE id = $1 AND (user_id = $2 OR EXISTS (
            SELECT 1 FROM organization_members m WHERE m.organization_id = k.organization_id
                AND m.user_id = $2 AND m.role IN ('owner', 'admin')))
        """, binds: ID<APIKey>.self, ID<User>.self, returns: APIKey.self)

    static let update = Statement(
        .write,
        """
        UPDATE api_keys SET name = COALESCE($3, name), scopes = COALESCE($4, scopes),
            is_enabled = COALESCE($5, is_enabled), updated_at = $6
        WHERE id = $1 AND (user_id = $2 OR EXISTS (
            SELECT 1 FROM organization_members m WHERE m.organization_id = api_keys.organization_id
                AND m.user_id = $2 AND m.role IN ('owner', 'admin')))
        RETURNING id, user_id, organization_id, name, start, scopes, is_enabled, expires_at,
            last_used_at, created_at, updated_at
        """, binds: ID<APIKey>.self, ID<User>.self, String?.self, Scopes?.self, Bool?.self,
        Instant.self, returns: APIKey.self)

    static let delete = Statement(
        .write,
        """
        DELETE FROM api_keys WHERE id = $1 AND (user_id = $2 OR EXISTS (
            SELECT 1 FROM organization_members m WHERE m.organization_id = api_keys.organization_id
                AND m.user_id = $2 AND m.role IN ('owner', 'admin')))
        RETURNING id, user_id, organization_id, name, start, scopes, is_enabled, expires_at,
            last_used_at, created_at, updated_at
        """, binds: ID<APIKey>.self, ID<User>.self, returns: APIKey.self)

    static let statements: [StatementCore] = [
        findOfUser.core, findOfOrganization.core, noteUse.core, insert.core, insertSecret.core,
        countOfUser.core, countOfOrganization.core, listOfUser.core, listOfOrganization.core,
        findManaged.core, update.core, delete.core, replaceStart.core, endSecrets.core,
        deleteEndedSecrets.core, operatorList.core, operatorDelete.core,
    ]
}

// MARK: Rotation

extension APIKey {
    /// Locks the key's row, so that of two rotations the second ends the first one's secret.
    static let replaceStart = Statement(
        .write,
        """
        UPDATE api_keys SET start = $3, updated_at = $4
        WHERE id = $1 AND (user_id = $2 OR EXISTS (
            SELECT 1 FROM organization_members m WHERE m.organization_id = api_keys.organization_id
                AND m.user_id = $2 AND m.role IN ('owner', 'admin')))
        RETURNING id, user_id, organization_id, name, start, scopes, is_enabled, expires_at,
            last_used_at, created_at, updated_at
        """, binds: ID<APIKey>.self, ID<User>.self, String.self, Instant.self,
        returns: APIKey.self)

    /// Only forward: a secret that ends sooner still does.
    static let endSecrets = Statement(
        .write,
        """
        UPDATE api_key_secrets SET ends_at = $2
        WHERE key_id = $1 AND (ends_at IS NULL OR ends_at > $2)
        """, binds: ID<APIKey>.self, Instant.self)

    static let deleteEndedSecrets = Statement(
        .write, "DELETE FROM api_key_secrets WHERE key_id = $1 AND ends_at <= $2",
        binds: ID<APIKey>.self, Instant.self)
}

// MARK: For whoever runs the server

extension APIKey {
    static let operatorList = Statement(
        .scan,
        """
        SELECT id, user_id, organization_id, name, start, scopes, is_enabled, expires_at,
            last_used_at, created_at, updated_at
        FROM api_keys WHERE user_id = $1 OR organization_id = $2 ORDER BY id
        """, binds: ID<User>?.self, ID<Organization>?.self, returns: APIKey.self)

    static let operatorDelete = Statement(
        .write,
        """
        DELETE FROM api_keys WHERE id = $1
        RETURNING id, user_id, organization_id, name, start, scopes, is_enabled, expires_at,
            last_used_at, created_at, updated_at
        """, binds: ID<APIKey>.self, returns: APIKey.self)
}

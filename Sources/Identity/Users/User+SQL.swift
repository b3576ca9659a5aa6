import SQL
import Values

// A deleted user stays for a while (C23) and is found by none of these.

extension User {
    package static let insert = Statement(
        .write,
        """
        INSERT INTO users (id, email, name, image, password_hash, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $6)
        """, binds: ID<User>.self, EmailAddress.self, String?.self, String?.self, String?.self,
        Instant.self)

    /// Where the address is free. Asked instead of `insert` where the answer must not tell.
    package static let insertIfFree = Statement(
        .write,
        """
        INSERT INTO users (id, email, name, image, password_hash, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT (email) DO NOTHING RETURNING id
        """, binds: ID<User>.self, EmailAddress.self, String?.self, String?.self, String?.self,
        Instant.self, returns: Single<ID<User>>.self)

    /// What inserting a second user with one address throws.
    package static let emailTaken = DatabaseError.Code.uniqueViolation(
        constraint: "users_email_key")

    package static let find = Statement(
        .point,
        """
        SELECT id, email, name, image, email_verified_at, created_at, updated_at
        FROM users WHERE id = $1 AND deleted_at IS NULL
        """, binds: ID<User>.self, returns: User.self)

    package static let findByEmail = Statement(
        .point,
        """
        SELECT id, email, name, image, email_verified_at, created_at, updated_at, password_hash
        FROM users WHERE email = $1 AND deleted_at IS NULL
        """, binds: EmailAddress.self, returns: UserWithPassword.self)

    package static let findWithPassword = Statement(
        .point,
        """
        SELECT id, email, name, image, email_verified_at, created_at, updated_at, password_hash
        FROM users WHERE id = $1 AND deleted_at IS NULL
        """, binds: ID<User>.self, returns: UserWithPassword.self)

    /// Null leaves the name as it is; the image has a flag, because null is one of its values.
    package static let update = Statement(
        .write,
        """
        UPDATE users SET name = COALESCE($2, name),
            image = CASE WHEN $3 THEN $4 ELSE image END, updated_at = $5
        WHERE id = $1 AND deleted_at IS NULL
        RETURNING id, email, name, image, email_verified_at, created_at, updated_at
        """, binds: ID<User>.self, String?.self, Bool.self, String?.self, Instant.self,
        returns: User.self)

    /// Sets a new password in place of the one that was checked: if that has been changed meanwhile,
    /// nothing happens.
    package static let changePassword = Statement(
        .write,
        """
        UPDATE users SET password_hash = $2, updated_at = $4
        WHERE id = $1 AND password_hash = $3 AND deleted_at IS NULL
        RETURNING id, email, name, image, email_verified_at, created_at, updated_at
        """, binds: ID<User>.self, String.self, String.self, Instant.self, returns: User.self)

    /// Only of the address that the mail went to, or that a provider has vouched for.
    package static let verifyEmail = Statement(
        .write,
        """
        UPDATE users SET email_verified_at = COALESCE(email_verified_at, $3), updated_at = $3
        WHERE id = $1 AND email = $2 AND deleted_at IS NULL
        RETURNING id, email, name, image, email_verified_at, created_at, updated_at
        """, binds: ID<User>.self, EmailAddress.self, Instant.self, returns: User.self)

    static let changeEmail = Statement(
        .write,
        """
        UPDATE users SET email = $2, email_verified_at = $3, updated_at = $3
        WHERE id = $1 AND deleted_at IS NULL
        RETURNING id, email, name, image, email_verified_at, created_at, updated_at
        """, binds: ID<User>.self, EmailAddress.self, Instant.self, returns: User.self)

    /// Moves the address aside, so that it can register again (C23). No address has this form, so
    /// nobody can be in its way.
    package static let markDeleted = Statement(
        .write,
        sqlite: """
            UPDATE users SET deleted_at = $2, updated_at = $2, email = 'deleted:' || id,
                fields = json_set(fields, '$.deletedEmail', email), password_hash = NULL,
                api_key_hash = NULL
            WHERE id = $1 AND deleted_at IS NULL RETURNING id
            """,
        postgres: """
            UPDATE users SET deleted_at = $2, updated_at = $2, email = 'deleted:' || id::text,
                fields = fields || jsonb_build_object('deletedEmail', email),
                password_hash = NULL, api_key_hash = NULL
            WHERE id = $1 AND deleted_at IS NULL RETURNING id
            """, binds: ID<User>.self, Instant.self, returns: Single<ID<User>>.self)

    /// Ties to providers go at once: another user may sign in with them.
    package static let deleteAccounts = Statement(
        .write, "DELETE FROM oauth_accounts WHERE user_id = $1", binds: ID<User>.self)

    /// Deleted users whose time is over, with all that hangs on them.
    package static let purge = Statement(
        .write,
        """
        DELETE FROM users WHERE id IN
            (SELECT id FROM users WHERE deleted_at < $1 ORDER BY deleted_at LIMIT 1000)
        RETURNING id
        """, binds: Instant.self, returns: Single<ID<User>>.self)

    static let purgeable = Statement(
        .scan,
        "SELECT id FROM users WHERE deleted_at < $1 AND id > $2 ORDER BY id LIMIT 1000",
        binds: Instant.self, ID<User>.self, returns: Single<ID<User>>.self)

    static let purgeOne = Statement(
        .write, "DELETE FROM users WHERE id = $1 AND deleted_at < $2", binds: ID<User>.self,
        Instant.self)

    package static let updatePasswordHash = Statement(
        .write, "UPDATE users SET password_hash = $2 WHERE id = $1 AND password_hash = $3",
        binds: ID<User>.self, String.self, String.self)

    static let setPasswordHash = Statement(
        .write, "UPDATE users SET password_hash = $2, updated_at = $3 WHERE id = $1",
        binds: ID<User>.self, String.self, Instant.self)

    /// Unless it is the last way in, or `$2` allows that. Whoever runs it holds the user's lock.
    package static let removePassword = Statement(
        .write,
        """
        UPDATE users SET password_hash = NULL, updated_at = $3
        WHERE id = $1 AND deleted_at IS NULL AND password_hash IS NOT NULL
            AND ($2 OR EXISTS (SELECT 1 FROM oauth_accounts WHERE user_id = $1))
        RETURNING id
        """, binds: ID<User>.self, Bool.self, Instant.self, returns: Single<ID<User>>.self)

    package static let count = Statement(
        .scan, "SELECT count(*) FROM users WHERE deleted_at IS NULL", returns: Single<Int>.self)

    /// Makes all others who ask for the same user's lock wait for the transaction's end.
    package static let lock = Statement(
        .write,
        sqlite: "SELECT id FROM users WHERE id = $1 AND deleted_at IS NULL",
        postgres: "SELECT id FROM users WHERE id = $1 AND deleted_at IS NULL FOR NO KEY UPDATE",
        binds: ID<User>.self, returns: Single<ID<User>>.self)

    package static let statements: [StatementCore] = [
        insert.core, insertIfFree.core, verifyEmail.core, changeEmail.core, find.core,
        findByEmail.core, findWithPassword.core, update.core,
        changePassword.core, markDeleted.core, deleteAccounts.core, purge.core,
        purgeable.core, purgeOne.core,
        updatePasswordHash.core, setPasswordHash.core, removePassword.core, count.core,
        lock.core, insertByProvider.core,
    ]
}

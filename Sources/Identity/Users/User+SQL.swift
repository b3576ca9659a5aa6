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

    package static let updatePasswordHash = Statement(
        .write, "UPDATE users SET password_hash = $2 WHERE id = $1 AND password_hash = $3",
        binds: ID<User>.self, String.self, String.self)

    package static let count = Statement(
        .scan, "SELECT count(*) FROM users WHERE deleted_at IS NULL", returns: Single<Int>.self)

    /// Makes all others who ask for the same user's lock wait for the transaction's end.
    package static let lock = Statement(
        .write,
        sqlite: "SELECT id FROM users WHERE id = $1 AND deleted_at IS NULL",
        postgres: "SELECT id FROM users WHERE id = $1 AND deleted_at IS NULL FOR NO KEY UPDATE",
        binds: ID<User>.self, returns: Single<ID<User>>.self)

    package static let statements: [StatementCore] = [
        insert.core, find.core, findByEmail.core, updatePasswordHash.core, count.core, lock.core,
    ]
}

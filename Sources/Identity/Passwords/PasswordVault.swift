import API
import Loop
import SQL
import Secrets
import Values

/// Hashes and checks passwords, on threads of their own: a hash takes 50 ms of a core on purpose.
///
/// The pool is bounded. When its queue is full, `PoolIsFull` becomes 503 with `Retry-After`, and
/// requests that need no hash keep their speed.
package struct PasswordVault: Sendable {
    let hasher: PasswordHasher
    let pool: BlockingPool
    let database: any Database

    package func hash(_ password: NewPassword) async throws -> String {
        try await hash(password.secret)
    }

    /// Checks a password. Who does not exist, or has none, costs the same work.
    package func check(
        _ password: Secret<String>, of user: UserWithPassword?
    ) async throws -> Bool {
        let hash = user?.passwordHash
        let result = try await pool.run { [hasher] in
            hasher.verify(password, against: hash)
        }
        guard let user, let hash, result != .mismatch else { return false }
        if result == .matchNeedsRehash { try await rehash(password, of: user.user, from: hash) }
        return true
    }

    /// Checks a password against a hash and leaves the hash as it is.
    func matches(_ password: Secret<String>, _ hash: String) async throws -> Bool {
        try await pool.run { [hasher] in hasher.verify(password, against: hash) } != .mismatch
    }

    /// Brings a hash of an older kind up to date, unless the password has been changed meanwhile.
    private func rehash(
        _ password: Secret<String>, of user: User, from old: String
    ) async throws {
        let new = try await hash(password)
        try await database.execute(User.updatePasswordHash, user.id, new, old)
    }

    private func hash(_ password: Secret<String>) async throws -> String {
        let result = try await pool.run { [hasher] in
            Result<String, PasswordHashingError> { () throws(PasswordHashingError) in
                try hasher.hash(password)
            }
        }
        return try result.get()
    }
}

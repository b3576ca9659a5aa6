import Values

/// Whether a password is the one that a hash was made of.
package enum PasswordVerdict: Hashable, Sendable {
    case match
    /// It is, but the hash is not as the settings want hashes now: store a new one.
    case matchNeedsRehash
    case mismatch
}

/// The memory or the library that a hash needs was not to be had.
package struct PasswordHashingError: Error, Hashable, Sendable {}

/// Hashes and verifies passwords in every format known (C12): bcrypt, argon2, better-auth's scrypt
/// and PBKDF2. See `PasswordFormat`.
///
/// **These functions block, some 55 ms at bcrypt cost 10.** Call them on a `BlockingPool` only.
package struct PasswordHasher: Sendable {
    /// How new hashes are made.
    package enum Algorithm: Hashable, Sendable {
        /// `cost` is the binary logarithm of the rounds, from 4 to 15.
        case bcrypt(cost: Int)
        case argon2id(Argon2.Parameters)
    }

    package let algorithm: Algorithm
    private let randomness: Randomness

    /// Settings beyond what would ever be verified are a mistake of the program: `Algorithm` is
    /// checked where it is read.
    package init(algorithm: Algorithm = .bcrypt(cost: 10), randomness: Randomness) {
        precondition(algorithm.isAllowed, "the cost of a password hash is within its caps")
        self.algorithm = algorithm
        self.randomness = randomness
    }

    package func hash(_ password: Secret<String>) throws(PasswordHashingError) -> String {
        let hash =
            switch algorithm {
            case .bcrypt(let cost) where Bcrypt.takes(password.exposed):
                Bcrypt.hash(password.exposed, cost: cost, randomness)
            case .bcrypt(let cost):
                DigestedBcrypt.hash(password.exposed, cost: cost, randomness)
            case .argon2id(let parameters):
                Argon2.hash(password.exposed, parameters, randomness)
            }
        guard let hash else { throw PasswordHashingError() }
        return hash
    }

    /// Compares with a stored hash, or with none for a user who is unknown or has no password: then
    /// the work is that of a new hash, and the answer a mismatch. So is a hash of an unknown format or
    /// one that would cost more than the caps of its format.
    package func verify(_ password: Secret<String>, against hash: String?) -> PasswordVerdict {
        guard let hash, let format = PasswordFormat(of: hash) else {
            spendTheTimeOfAHash(on: password)
            return .mismatch
        }
        guard format.verify(password.exposed, against: hash) else { return .mismatch }
        return isCurrent(hash, format, password.exposed) ? .match : .matchNeedsRehash
    }

    private func isCurrent(_ hash: String, _ format: PasswordFormat, _ password: String) -> Bool {
        switch (algorithm, format) {
        // Bytes beyond the 72nd took no part in it, so they may be wrong: nothing new is made of them.
        case (_, .bcrypt) where !Bcrypt.takes(password): true
        case (.bcrypt(let cost), .bcrypt): Bcrypt.cost(of: hash) == cost
        case (.bcrypt(let cost), .digestedBcrypt): DigestedBcrypt.cost(of: hash) == cost
        case (.argon2id(let parameters), .argon2):
            Argon2.Parts(hash)?.isCurrent(parameters) ?? false
        default: false
        }
    }

    private func spendTheTimeOfAHash(on password: Secret<String>) {
        // What is given away here is a hash that nobody keeps, or a failure that nobody minds.
        _ = try? hash(password)
    }
}

extension PasswordHasher.Algorithm {
    /// Whether hashes made so can be verified here.
    package var isAllowed: Bool {
        switch self {
        case .bcrypt(let cost): Bcrypt.costs.contains(cost)
        case .argon2id(let parameters): parameters.isAllowed
        }
    }
}

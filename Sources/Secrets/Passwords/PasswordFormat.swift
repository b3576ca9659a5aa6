/// The formats of stored hashes, told apart by how they begin. A new format is a case here and a type
/// that verifies it.
package enum PasswordFormat: CaseIterable, Sendable {
    case bcrypt, digestedBcrypt, argon2id, betterAuthScrypt

    /// Nil for a text that is no hash, or one of another kind.
    package init?(of hash: String) {
        // Longer than any hash, and than what is read with care below.
        guard hash.utf8.count <= 512 else { return nil }
        let format = Self.allCases.first { $0.describes(hash) }
        guard let format else { return nil }
        self = format
    }

    private func describes(_ hash: String) -> Bool {
        switch self {
        case .bcrypt: Bcrypt.cost(of: hash) != nil
        case .digestedBcrypt: DigestedBcrypt.cost(of: hash) != nil
        case .argon2id: Argon2id.Parts(hash) != nil
        case .betterAuthScrypt: BetterAuthScrypt.Parts(hash) != nil
        }
    }

    func verify(_ password: String, against hash: String) -> Bool {
        switch self {
        case .bcrypt: Bcrypt.verify(password, against: hash)
        case .digestedBcrypt: DigestedBcrypt.verify(password, against: hash)
        case .argon2id: Argon2id.verify(password, against: hash)
        case .betterAuthScrypt: BetterAuthScrypt.verify(password, against: hash)
        }
    }
}

/// The formats of stored hashes, told apart by how they begin. A new format is a case here and a type
/// that verifies it.
package enum PasswordFormat: CaseIterable, Sendable {
    case bcrypt, digestedBcrypt, argon2, betterAuthScrypt, pbkdf2

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
        case .argon2: Argon2.Parts(hash) != nil
        case .betterAuthScrypt: BetterAuthScrypt.Parts(hash) != nil
        case .pbkdf2: PBKDF2.Parts(hash) != nil
        }
    }

    func verify(_ password: String, against hash: String) -> Bool {
        switch self {
        case .bcrypt: Bcrypt.verify(password, against: hash)
        case .digestedBcrypt: DigestedBcrypt.verify(password, against: hash)
        case .argon2: Argon2.verify(password, against: hash)
        case .betterAuthScrypt: BetterAuthScrypt.verify(password, against: hash)
        case .pbkdf2: PBKDF2.verify(password, against: hash)
        }
    }
}

extension PasswordFormat {
    /// As long as the column is.
    private static let keptMax = 255

    /// A hash as another system exports it, in the form in which it is kept and verified here: Django
    /// puts a word before the hashes of other libraries, Keycloak has JSON. Nil for what would never
    /// verify here.
    package static func kept(_ text: String) -> String? {
        let hash: String? =
            if text.hasPrefix("{") {
                KeycloakCredential.hash(of: text)
            } else if text.hasPrefix("argon2$argon2") {
                "$" + text.dropFirst("argon2$".count)
            } else if text.hasPrefix("bcrypt$$2") {
                String(text.dropFirst("bcrypt$".count))
            } else {
                text
            }
        guard let hash, hash.utf8.count <= keptMax, PasswordFormat(of: hash) != nil else {
            return nil
        }
        return hash
    }
}

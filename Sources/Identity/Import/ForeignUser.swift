import Secrets
import Values

/// A user as another system kept him: text, of which nothing has been checked.
package struct ForeignUser: Sendable {
    /// Where he was found, for whoever has to put it right: `line 17`.
    package var place: String
    package var id: String?
    package var email: String
    package var name: String?
    package var image: String?
    package var passwordHash: String?
    /// Yes or no in some spelling, or when.
    package var emailVerified: String?
    package var createdAt: String?

    package init(place: String, email: String) {
        (self.place, self.email) = (place, email)
    }
}

/// Why a user is not taken over. His line has to be put right, or he has to register again.
package enum ImportProblem: String, Error, CaseIterable, Sendable {
    case badEmail = "the e-mail address is none"
    case badName = "the name has over 100 characters, or control characters"
    case badImage = "the picture's address has over 2048 characters, or control characters"
    case badHash = "the password hash is of no known format, or costs more than is allowed"
    case badVerified = "whether the e-mail address is verified is neither yes, no nor an instant"
    case badCreatedAt = "the time of creation is none, or before 1970"
    case wrongFieldCount = "it has more or fewer fields than the first line"
}

/// A user who can be stored.
struct ImportedUser: Sendable {
    let id: ID<User>
    /// The id that the other system had, where it cannot be kept because it is no UUID.
    let foreignID: String?
    let email: EmailAddress
    let name: String?
    let image: String?
    let passwordHash: String?
    let emailVerifiedAt: Instant?
    let createdAt: Instant

    init(
        _ user: ForeignUser, at now: Instant, _ randomness: Randomness
    ) throws(ImportProblem) {
        guard let email = try? EmailAddress(user.email) else { throw .badEmail }
        self.email = email
        name = try Self.text(user.name, max: 100, else: .badName)
        image = try Self.text(user.image, max: 2048, else: .badImage)
        createdAt = try Self.createdAt(user.createdAt) ?? now
        emailVerifiedAt = try Self.verifiedAt(user.emailVerified, createdAt)
        passwordHash = try Self.hash(user.passwordHash)
        let given = user.id.flatMap { $0.isEmpty ? nil : $0 }
        let kept = given.flatMap { ID<User>($0) }
        id = kept ?? ID(at: createdAt, from: randomness)
        foreignID = kept == nil ? given : nil
    }

    private static func text(
        _ text: String?, max: Int, else problem: ImportProblem
    ) throws(ImportProblem) -> String? {
        guard let text, !text.isEmpty else { return nil }
        do throws(Invalid) {
            try text.requireText(length: 0...max)
            return text
        } catch {
            throw problem
        }
    }

    private static func hash(_ text: String?) throws(ImportProblem) -> String? {
        guard let text, !text.isEmpty else { return nil }
        guard let hash = PasswordFormat.kept(text) else { throw .badHash }
        return hash
    }

    private static func createdAt(_ text: String?) throws(ImportProblem) -> Instant? {
        guard let text, !text.isEmpty else { return nil }
        guard let instant = instant(text), instant >= .distantPast else { throw .badCreatedAt }
        return instant
    }

    /// An address that was verified at a time unknown was so from the beginning.
    private static func verifiedAt(
        _ text: String?, _ createdAt: Instant
    ) throws(ImportProblem) -> Instant? {
        switch (text ?? "").lowercased() {
        case "", "0", "false", "f", "no": return nil
        case "1", "true", "t", "yes": return createdAt
        case let text:
            guard let instant = instant(text), instant >= .distantPast else { throw .badVerified }
            return instant
        }
    }

    /// RFC 3339, also with a space in its middle or without an offset (then UTC), or a number:
    /// milliseconds since 1970, or seconds where it is too small for that.
    static func instant(_ text: String) -> Instant? {
        if let number = Int64(text) {
            guard number >= 0, number < 253_402_300_800_000 else { return nil }
            return Instant(microseconds: number * (number < 100_000_000_000 ? 1_000_000 : 1000))
        }
        var text = text
        if let space = text.firstIndex(of: " ") {
            text.replaceSubrange(space...space, with: "T")
        }
        return Instant(text) ?? Instant(text + "Z") ?? Instant(text + ":00")
    }
}

import Identity
import Secrets
import Values

/// The text of an API key: whose it is in three characters, and 40 random ones, 238 bits.
///
/// Letters and digits only, so that a double click takes all of it.
struct APIKeySecret: Sendable {
    /// Which kind of owner a key has, and so which table its owner is found in.
    enum Kind: String, CaseIterable, Sendable {
        case user = "uk_"
        case organization = "ok_"
    }

    let kind: Kind
    let text: Secret<String>

    private static let randomCount = 40
    static let textCount = 3 + randomCount
    /// Characters that lists show: enough to tell one's keys apart, too few to guess the rest.
    private static let shownCount = 3 + 6

    /// Nil for text that no key can be.
    init?(_ text: String) {
        guard text.utf8.count == Self.textCount,
            let kind = Kind.allCases.first(where: { text.hasPrefix($0.rawValue) })
        else { return nil }
        self.kind = kind
        self.text = Secret(text)
    }

    init(_ kind: Kind, from randomness: Randomness) {
        self.kind = kind
        let random = RandomToken.make(
            Self.randomCount, of: .alphanumeric, from: randomness)
        text = Secret(kind.rawValue + random)
    }

    var hash: TokenHash { TokenHash(of: text.exposed) }
    var start: String { String(text.exposed.prefix(Self.shownCount)) }
}

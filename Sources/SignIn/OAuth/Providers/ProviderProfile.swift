import Coding
import Values

/// Somebody as a provider tells of him.
package struct ProviderProfile: Sendable {
    /// His id there: never empty, never changing.
    package let accountID: String
    package let email: EmailAddress?
    package let isEmailVerified: Bool
    package let name: String?
    package let image: String?
    /// All that the provider said.
    package let data: JSON
}

/// What a provider has said about somebody, with nothing made of it yet.
package struct ProviderWords: Sendable {
    /// The claims of an id_token that was verified.
    package var claims: JSON?
    package var userInfo: JSON?
    /// GitHub's list of addresses.
    package var emails: JSON?
    /// What Apple sends beside the code, once: `{"name":{"firstName":…,"lastName":…}}`.
    package var form: JSON?

    package init(
        claims: JSON? = nil, userInfo: JSON? = nil, emails: JSON? = nil, form: JSON? = nil
    ) {
        (self.claims, self.userInfo, self.emails, self.form) = (claims, userInfo, emails, form)
    }
}

extension ProviderProfile {
    /// Nil without an id. An address that is none, and a name that is not text, count as missing.
    init?(
        id: JSON?, email: JSON?, isVerified: JSON?, name: JSON?, image: JSON?, data: JSON
    ) {
        guard let id = Self.id(id) else { return nil }
        accountID = id
        self.email = email?.asString.flatMap { try? EmailAddress($0) }
        isEmailVerified = self.email != nil && Self.isTrue(isVerified)
        self.name = Self.text(name)
        self.image = Self.text(image)
        self.data = data
    }

    /// Some count their users, some name them.
    private static func id(_ value: JSON?) -> String? {
        switch value {
        case .integer(let number): String(number)
        default: text(value)
        }
    }

    /// Apple and Amazon say it in words.
    private static func isTrue(_ value: JSON?) -> Bool {
        value == true || value == "true"
    }

    static func text(_ value: JSON?) -> String? {
        guard let text = value?.asString, text.contains(where: { !$0.isWhitespace }) else {
            return nil
        }
        return text
    }

    /// The first of them that is a text.
    static func first(_ values: JSON?...) -> JSON? { values.first { text($0) != nil } ?? nil }
}

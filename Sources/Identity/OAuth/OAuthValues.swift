import Coding
import Secrets
import Values

/// What a program is called at a provider.
package struct ClientID: StringValue, Hashable, Sendable {
    package let text: String

    package init(_ text: String) throws(Invalid) {
        try text.requireText(length: 1...512)
        self.text = text
    }

    private init(literal text: String) { self.text = text }

    package static var schema: Schema { .string(length: 1...512) }
    package static var example: ClientID { ClientID(literal: "atrium") }
}

/// Whose ids a provider's accounts have: the issuer of OpenID Connect, or a name of ours.
package struct AccountIssuer: StringValue, Hashable, Sendable {
    package let text: String

    package init(_ text: String) throws(Invalid) {
        try text.requireText(length: 1...255)
        self.text = text
    }

    private init(literal text: String) { self.text = text }

    package static var schema: Schema { .string(length: 1...255) }
    package static var example: AccountIssuer { AccountIssuer(literal: "https://id.example.com") }
}

/// What a program shows a provider to be known as the client that it says it is.
package struct ClientSecret: SecretValue {
    package let secret: Secret<String>

    package init(_ text: String) throws(Invalid) {
        try text.requireText(length: 1...2048)
        secret = Secret(text)
    }

    private init(standIn text: String) { secret = Secret(text) }

    package static var example: ClientSecret { ClientSecret(standIn: "x") }
}

/// What a program asks a provider to be allowed (RFC 6749 §3.3).
package struct OAuthScope: StringValue, Hashable, Sendable {
    package static let lengthMax = 255
    /// How many somebody may ask for at once.
    package static let countMax = 50

    package let text: String

    package init(_ text: String) throws(Invalid) {
        guard !text.isEmpty else { throw .tooShort(min: 1) }
        guard text.utf8.count <= Self.lengthMax else { throw .tooLong(max: Self.lengthMax) }
        guard text.utf8.allSatisfy(Self.isAllowed) else { throw .rule("oauth.scope") }
        self.text = text
    }

    private init(literal text: String) { self.text = text }

    package static var schema: Schema {
        .string(length: 1...lengthMax, pattern: "^[!#-\\[\\]-~]+$")
    }
    package static var example: OAuthScope { OAuthScope(literal: "email") }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
}

/// A directory of Microsoft Entra ID by its id, or `common`, `organizations`, `consumers`.
///
/// Not by its domain: what a token says of its tenant is an id.
package struct MicrosoftTenant: StringValue, Hashable, Sendable {
    package let text: String

    package init(_ text: String) throws(Invalid) {
        let name = text.lowercased()
        guard Self.words.contains(name) || ID<MicrosoftTenant>(name) != nil else {
            throw .rule("oauth.tenant")
        }
        self.text = name
    }

    private init(literal text: String) { self.text = text }

    private static let words = ["common", "organizations", "consumers"]

    /// Any account of work, school or home.
    package static let common = MicrosoftTenant(literal: "common")

    package static var schema: Schema { .string }
    package static var example: MicrosoftTenant { common }
}

/// The key of Apple's `.p8` file, with which client secrets are made.
package struct ApplePrivateKey: SecretValue {
    /// Nil only in the example.
    package let key: SigningKey?

    /// PEM; line breaks may be written `\n`, as variables of the environment have them.
    package init(_ text: String) throws(Invalid) {
        let lines = text.replacing("\\n", with: "\n").split(whereSeparator: \.isNewline)
        let body = lines.filter { !$0.hasPrefix("-----") }.joined()
        guard let der = Base64.decode(body.filter { $0 != " " }),
            let key = try? SigningKey(pkcs8: Secret(der)), key.algorithm == .es256
        else { throw .rule("oauth.applePrivateKey") }
        self.key = key
    }

    private init() { key = nil }

    package static var example: ApplePrivateKey { ApplePrivateKey() }
}

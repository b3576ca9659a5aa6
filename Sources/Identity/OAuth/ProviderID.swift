import Coding
import Values

/// A provider by its name in settings, paths and rows: `github`, `my-company`.
package struct ProviderID: StringValue, Hashable, Sendable {
    package static let lengthMax = 40

    package let text: String

    package init(_ text: String) throws(Invalid) {
        guard !text.isEmpty else { throw .tooShort(min: 1) }
        guard text.utf8.count <= Self.lengthMax else { throw .tooLong(max: Self.lengthMax) }
        guard text.utf8.allSatisfy(Self.isAllowed) else { throw .rule("provider.id") }
        self.text = text
    }

    /// One that the program writes down, or that was checked before it was stored.
    package init(stored text: String) { self.text = text }

    package static var schema: Schema {
        .string(length: 1...lengthMax, pattern: "^[a-z0-9-]+$")
    }
    package static var example: ProviderID { ProviderID(stored: "github") }

    /// How an account without a password would be named: never a provider.
    package static let reserved = "credential"

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch Unicode.Scalar(byte) {
        case "a"..."z", "0"..."9", "-": true
        default: false
        }
    }
}

extension ProviderID: CustomStringConvertible {
    package var description: String { text }
}

/// The providers that need no more than a client id and a secret.
package enum BuiltInProvider: String, CaseIterable, Sendable {
    case google, github, microsoft, discord, gitlab, facebook, apple, spotify, twitch, linkedin
    case twitter, slack

    package var id: ProviderID { ProviderID(stored: rawValue) }
}

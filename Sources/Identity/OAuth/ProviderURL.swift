import Coding
import Values

/// Where a provider is reached: by https, or on this machine also without.
///
/// Secrets go there, so nothing in between may read them (RFC 6749 §3.2).
package struct ProviderURL: StringValue, Hashable, Sendable {
    package static let lengthMax = 1024

    package let text: String

    package init(_ text: String) throws(Invalid) {
        guard text.utf8.count <= Self.lengthMax else { throw .tooLong(max: Self.lengthMax) }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"#\\".utf8.contains($0) }),
            let host = Self.host(of: text)
        else { throw .rule("provider.url") }
        guard text.hasPrefix("https://") || Self.ownNames.contains(host) else {
            throw .rule("provider.url")
        }
        self.text = text
    }

    /// One that the program writes down.
    package init(stored text: String) { self.text = text }

    package static var schema: Schema { .string(format: "uri") }
    package static var example: ProviderURL {
        ProviderURL(stored: "https://login.example.com/oauth/token")
    }

    private static let ownNames: Set<Substring> = ["localhost", "127.0.0.1", "[::1]"]

    /// The host of an http or https URL, without port; nil with a user in it.
    private static func host(of url: String) -> Substring? {
        guard let scheme = ["https://", "http://"].first(where: url.hasPrefix) else { return nil }
        let authority = url.dropFirst(scheme.count).prefix { !"/?".contains($0) }
        guard !authority.isEmpty, !authority.contains("@") else { return nil }
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            return authority[...end]
        }
        return authority.prefix { $0 != ":" }
    }
}

import Coding
import Values

/// An organization's name in addresses: lower-case letters, digits and single hyphens, no word that a
/// path of a program may need.
package struct Slug: StringValue {
    package let text: String

    static let lengths = 2...48

    package init(_ text: String) throws(Invalid) {
        let count = text.unicodeScalars.count
        guard count >= Self.lengths.lowerBound else {
            throw .tooShort(min: Self.lengths.lowerBound)
        }
        guard count <= Self.lengths.upperBound else { throw .tooLong(max: Self.lengths.upperBound) }
        guard Self.isSlug(text) else { throw .rule("slug.syntax") }
        guard !Self.reserved.contains(text) else { throw .rule("slug.reserved") }
        self.text = text
    }

    private init(unchecked text: String) { self.text = text }

    private static func isSlug(_ text: String) -> Bool {
        let words = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return words.allSatisfy { !$0.isEmpty && $0.allSatisfy(isLetterOrDigit) }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    static let reserved: Set<String> = [
        "about", "account", "active", "admin", "api", "app", "apps", "assets", "auth", "billing",
        "blog", "console", "dashboard", "dev", "docs", "download", "edit", "files", "health",
        "help",
        "home", "invitations", "invite", "login", "logout", "mail", "me", "members", "metrics",
        "new",
        "null", "oauth", "organization", "organizations", "pricing", "privacy", "public",
        "register",
        "root", "search", "security", "settings", "sign-in", "sign-out", "sign-up", "signin",
        "signout", "signup", "static", "status", "support", "system", "team", "teams", "terms",
        "undefined", "user", "users", "well-known", "www",
    ]

    package static var schema: Schema {
        .string(length: lengths, pattern: "^[a-z0-9]+(-[a-z0-9]+)*$")
    }
    package static var example: Slug { Slug(unchecked: "analytical-engines") }
}

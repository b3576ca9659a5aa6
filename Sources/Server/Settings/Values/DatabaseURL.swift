import Coding
import Values

/// Which database: `postgres://…` for libpq, or `sqlite:FILE`.
///
/// Written without its password. What libpq makes of it, it says itself when it connects.
package struct DatabaseURL: SchemaValue, Hashable, Sendable {
    /// What the URL leads to.
    package enum Place: Hashable, Sendable {
        case postgres(url: String)
        case sqlite(file: String)
    }

    package let place: Place

    package init(_ text: String) throws(Invalid) {
        if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
            place = .postgres(url: text)
        } else if text.hasPrefix("sqlite:"), text.utf8.count > "sqlite:".utf8.count {
            place = .sqlite(file: String(text.dropFirst("sqlite:".count)))
        } else {
            throw .rule("settings.databaseURL")
        }
    }

    package init(from decoder: any Decoder) throws {
        try self.init(String(from: decoder))
    }

    package func encode(to encoder: any Encoder) throws {
        try description.encode(to: encoder)
    }

    package static var schema: Schema { .string(format: "uri") }
    package static var example: DatabaseURL {
        try! DatabaseURL("postgres://atrium@localhost/atrium")  // A constant that is a URL.
    }
}

extension DatabaseURL: CustomStringConvertible {
    package var description: String {
        switch place {
        case .sqlite(let file): "sqlite:" + file
        case .postgres(let url): Self.withoutPassword(url)
        }
    }

    /// A password stands between the first colon of the user's part and its end, or is a parameter.
    private static func withoutPassword(_ url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return "<secret>" }
        let query = url[scheme.upperBound...].firstIndex(of: "?") ?? url.endIndex
        var rest = url[scheme.upperBound..<query]
        if let at = rest.lastIndex(of: "@") {
            let user = rest[..<at].prefix { $0 != ":" }
            let isBare = user.endIndex == at
            rest = Substring(user + (isBare ? "" : ":<secret>") + rest[at...])
        }
        return url[..<scheme.upperBound] + rest + masked(url[query...])
    }

    private static func masked(_ query: Substring) -> String {
        guard let mark = query.first else { return "" }
        let parameters = query.dropFirst().split(separator: "&", omittingEmptySubsequences: false)
        let shown = parameters.map { parameter -> String in
            let name = parameter.prefix { $0 != "=" }
            return name.hasSuffix("password") ? "\(name)=<secret>" : String(parameter)
        }
        return "\(mark)" + shown.joined(separator: "&")
    }
}

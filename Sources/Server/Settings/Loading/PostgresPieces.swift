import Coding

/// A PostgreSQL URL made of the variables that its container image and Compose files use (C18).
struct PostgresPieces {
    let url: String
    /// The variables that were there.
    let names: String

    /// Nil when neither a host nor a password is given: then nobody means PostgreSQL.
    init?(_ variables: [String: String]) {
        guard variables["POSTGRES_HOST"] != nil || variables["POSTGRES_PASSWORD"] != nil else {
            return nil
        }
        let user = variables["POSTGRES_USER"] ?? "postgres"
        let password = variables["POSTGRES_PASSWORD"].map { ":" + Self.encoded($0) } ?? ""
        let name = variables["POSTGRES_DB"] ?? user
        var url = "postgres://" + Self.encoded(user) + password + "@"
        url += Self.host(variables["POSTGRES_HOST"] ?? "localhost")
        url += ":" + (variables["POSTGRES_PORT"] ?? "5432") + "/" + Self.encoded(name)
        if let mode = variables["POSTGRES_SSL"] { url += "?sslmode=" + Self.mode(mode) }
        self.url = url
        names =
            ["HOST", "PORT", "DB", "USER", "PASSWORD", "SSL"].map { "POSTGRES_" + $0 }
            .filter { variables[$0] != nil }.joined(separator: ", ")
    }

    /// A path of a Unix socket must be percent-encoded; an IPv6 address stands in brackets.
    private static func host(_ text: String) -> String {
        if text.hasPrefix("/") { return encoded(text) }
        return text.contains(":") && !text.hasPrefix("[") ? "[\(text)]" : text
    }

    /// A yes, a no, or one of libpq's own modes.
    private static func mode(_ text: String) -> String {
        switch text.lowercased() {
        case "true", "1", "on", "yes": "require"
        case "false", "0", "off", "no": "disable"
        default: encoded(text)
        }
    }

    private static func encoded(_ text: String) -> String {
        PercentEncoding.encode(text)
    }
}

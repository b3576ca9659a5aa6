import Values

/// The origins whose pages may act for a user: scheme, host and port, compared whole.
package struct TrustedOrigins: Sendable {
    private let origins: Set<String>

    package init(baseURL: String, others: some Sequence<String>) {
        origins = Set([Self.origin(of: baseURL) ?? baseURL]).union(others)
    }

    package func contains(_ origin: String) -> Bool { origins.contains(origin) }

    package var all: Set<String> { origins }

    /// `https://a.example:8443` of any URL with an authority.
    package static func origin(of url: String) -> String? {
        guard let colon = url.firstIndex(of: ":"), url[colon...].hasPrefix("://") else {
            return nil
        }
        let authority = url[colon...].dropFirst(3).prefix { !"/?#\\".contains($0) }
        guard !authority.isEmpty, !authority.contains("@") else { return nil }
        return url[..<colon] + "://" + authority
    }

    /// Whether a redirect may go there: an absolute URL of a trusted origin, or a path of our own that
    /// no browser takes for another host.
    package func allowsRedirect(to target: String) -> Bool {
        if target.hasPrefix("/") { return Self.isSafePath(target) }
        guard target.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }),
            let origin = Self.origin(of: target),
            origin.hasPrefix("http://") || origin.hasPrefix("https://")
        else { return false }
        return contains(origin)
    }

    /// One slash, then no slash, backslash or their encodings, and only the characters of a path and
    /// query.
    private static func isSafePath(_ path: String) -> Bool {
        let rest = path.dropFirst().lowercased()
        guard !["/", "\\", "%2f", "%5c"].contains(where: rest.hasPrefix) else { return false }
        return path.utf8.allSatisfy { byte in
            byte > 0x20 && byte < 0x7F && !"\\<>\"`{}|^".utf8.contains(byte)
        }
    }
}

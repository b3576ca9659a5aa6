import Values

/// A cookie that a response sets (RFC 6265 §4.1). Attributes are written in the order in which
/// better-auth writes them.
///
/// The value is written as it is: it must hold no blank, comma, semicolon, quote or backslash, so
/// whoever makes one encodes it. One that does is refused.
package struct SetCookie: Sendable, Hashable {
    /// On whose requests a browser sends the cookie (RFC 6265bis, section 5.6.7).
    package enum SameSite: String, Sendable, Hashable {
        case strict = "Strict"
        case lax = "Lax"
        case none = "None"
    }

    package let name: String
    package let value: String
    /// In seconds; nil for a cookie that ends with the browser's session, zero to delete one.
    package var maxAge: Int?
    package var domain: String?
    package var path: String? = "/"
    package var expires: Instant?
    package var isHTTPOnly = true
    package var isSecure = false
    package var sameSite: SameSite? = .lax

    /// Nil when the name is not a token or the value not cookie octets.
    package init?(_ name: String, _ value: String) {
        guard !name.isEmpty, name.utf8.allSatisfy(Token.contains),
            value.utf8.allSatisfy(Self.isOctet)
        else { return nil }
        self.name = name
        self.value = value
    }

    package var text: String {
        var text = "\(name)=\(value)"
        if let maxAge { text += "; Max-Age=\(maxAge)" }
        if let domain { text += "; Domain=\(domain)" }
        if let path { text += "; Path=\(path)" }
        if let expires { text += "; Expires=\(HTTPDate.text(expires))" }
        if isHTTPOnly { text += "; HttpOnly" }
        if isSecure { text += "; Secure" }
        if let sameSite { text += "; SameSite=\(sameSite.rawValue)" }
        return text
    }

    private static func isOctet(_ byte: UInt8) -> Bool {
        (0x21...0x7e).contains(byte) && !"\",;\\".utf8.contains(byte)
    }
}

extension Response {
    /// Adds a cookie; a cookie of the same name that was set before stays in the answer.
    package mutating func set(_ cookie: SetCookie) { fields.append(.setCookie, cookie.text) }
}

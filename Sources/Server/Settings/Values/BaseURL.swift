import Coding
import Surfaces
import Values

/// Where clients reach the server: `https://auth.example.com`, without a path.
package struct BaseURL: StringValue, Hashable, Sendable {
    package let text: String

    /// A slash at the end is dropped.
    package init(_ text: String) throws(Invalid) {
        var url = text
        if url.hasSuffix("/") { url.removeLast() }
        guard url.hasPrefix("http://") || url.hasPrefix("https://"),
            TrustedOrigins.origin(of: url) == url,
            url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f })
        else { throw .rule("settings.baseURL") }
        self.text = url
    }

    package static var schema: Schema { .string(format: "uri") }
    package static var example: BaseURL {
        try! BaseURL("https://auth.example.com")  // A constant that is a URL.
    }
}

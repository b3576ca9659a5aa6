import Coding
import Surfaces
import Values

/// An origin as browsers send it: scheme, host and port, without a path.
package struct Origin: StringValue, Hashable, Sendable {
    package let text: String

    package init(_ text: String) throws(Invalid) {
        let origin = text.lowercased()
        guard TrustedOrigins.origin(of: origin) == origin, !origin.contains("*") else {
            throw .rule("settings.origin")
        }
        self.text = origin
    }

    private init(literal text: String) {
        self.text = text
    }

    /// Where the front ends of a developer's machine are served.
    static let developmentServers = [
        Origin(literal: "http://localhost:3000"), Origin(literal: "http://localhost:3001"),
    ]

    package static var schema: Schema { .string(format: "origin") }
    package static var example: Origin { Origin(literal: "https://app.example.com") }
}

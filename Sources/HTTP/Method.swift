/// A request method (RFC 9110 §9). Names are case-sensitive; any token is one.
package struct Method: Hashable, Sendable, CustomStringConvertible {
    package let name: String

    /// Nil when `name` is not a token.
    package init?(_ name: String) {
        guard !name.isEmpty, name.utf8.allSatisfy(Token.contains) else { return nil }
        self.name = name
    }

    init(unchecked name: String) { self.name = name }

    package var description: String { name }

    package static var get: Method { Method(unchecked: "GET") }
    package static var head: Method { Method(unchecked: "HEAD") }
    package static var post: Method { Method(unchecked: "POST") }
    package static var put: Method { Method(unchecked: "PUT") }
    package static var patch: Method { Method(unchecked: "PATCH") }
    package static var delete: Method { Method(unchecked: "DELETE") }
    package static var options: Method { Method(unchecked: "OPTIONS") }
    package static var connect: Method { Method(unchecked: "CONNECT") }
    package static var trace: Method { Method(unchecked: "TRACE") }
}

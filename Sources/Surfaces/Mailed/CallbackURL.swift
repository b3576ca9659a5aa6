import API
import Coding
import Values

/// Where a browser goes on after a mail, as a client asked. The surface has looked whether it may.
package struct CallbackURL: Sendable {
    package static let lengthMax = 2000

    /// Nil where none was given.
    package let text: String?

    /// Throws `invalidCallbackURL` for one that is too long to be kept.
    package init(_ sent: String?) throws {
        guard (sent ?? "").utf8.count <= Self.lengthMax else { throw Failure.invalidCallbackURL }
        text = sent?.isEmpty == false ? sent : nil
    }

    /// A path of ours with the origin before it.
    package static func absolute(_ target: String, _ baseURL: String) -> String {
        guard target.hasPrefix("/") else { return target }
        return (TrustedOrigins.origin(of: baseURL) ?? baseURL) + target
    }
}

extension String {
    /// An address with one member more in its query.
    package func adding(_ member: (name: String, value: String)) -> String {
        let fragment = firstIndex(of: "#") ?? endIndex
        let address = self[..<fragment]
        return address + (address.contains("?") ? "&" : "?")
            + FormURLEncoded.encode([(member.name, member.value)]) + self[fragment...]
    }
}

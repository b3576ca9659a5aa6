import HTTP
import Synchronization
import Values

/// The cookies of one browser.
package final class CookieJar: Sendable {
    /// A cookie as a server set it.
    package struct Cookie: Hashable, Sendable {
        package let name: String
        package let value: String
        /// In lower case, without name and value, in their order: `["max-age=5", "path=/"]`.
        package let attributes: [String]

        package init(_ field: String) {
            let parts = field.split(separator: ";").map { $0.drop { $0 == " " } }
            let pair = parts[0].split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            name = String(pair[0])
            value = pair.count > 1 ? String(pair[1]) : ""
            attributes = parts.dropFirst().map { $0.lowercased() }
        }

        package func attribute(_ name: String) -> String? {
            attributes.first { $0.hasPrefix(name + "=") }.map {
                String($0.dropFirst(name.count + 1))
            }
        }
    }

    private struct Kept {
        let cookie: Cookie
        let endsAt: Instant?
    }

    private let kept = Mutex<[String: Kept]>([:])

    package init() {}

    package subscript(name: String) -> String? {
        kept.withLock { $0[name]?.cookie.value }
    }

    /// Puts a cookie in by hand.
    package func set(_ name: String, _ value: String) {
        kept.withLock { $0[name] = Kept(cookie: Cookie("\(name)=\(value)"), endsAt: nil) }
    }

    package func removeAll() { kept.withLock { $0.removeAll() } }

    func take(_ response: Response, at now: Instant) {
        for field in response.fields.values(of: .setCookie) {
            let cookie = Cookie(field)
            let age = cookie.attribute("max-age").flatMap(Int.init)
            kept.withLock { kept in
                kept[cookie.name] =
                    age.map { $0 <= 0 } ?? false
                    ? nil : Kept(cookie: cookie, endsAt: age.map { now + .seconds($0) })
            }
        }
    }

    /// The `Cookie` field for a path, or nil.
    func field(for path: String, at now: Instant) -> String? {
        let sent = kept.withLock { kept in
            kept.values.filter { one in
                let root = one.cookie.attribute("path") ?? "/"
                let isBelow =
                    path == root || path.hasPrefix(root.hasSuffix("/") ? root : root + "/")
                return isBelow && one.endsAt.map { $0 > now } ?? true
            }
        }
        if sent.isEmpty { return nil }
        return sent.map { "\($0.cookie.name)=\($0.cookie.value)" }.sorted()
            .joined(separator: "; ")
    }
}

/// The cookies of a request (RFC 6265 §5.4), with their values as sent.
///
/// Values are neither unquoted nor percent-decoded: who set a cookie knows how it was written. The
/// first of several cookies of one name counts, which is the one with the longest path.
package struct Cookies: Sendable, Hashable {
    package private(set) var pairs: [(name: String, value: String)] = []

    package init(_ fieldValues: [String]) {
        for part in fieldValues.flatMap({ $0.split(separator: ";") }) {
            let pair = part.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, !pair[0].trimmed.isEmpty else { continue }
            pairs.append((String(pair[0].trimmed), String(pair[1].trimmed)))
        }
    }

    package subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

    package static func == (left: Cookies, right: Cookies) -> Bool {
        left.pairs.elementsEqual(right.pairs) { $0 == $1 }
    }

    package func hash(into hasher: inout Hasher) {
        for pair in pairs {
            hasher.combine(pair.name)
            hasher.combine(pair.value)
        }
    }
}

extension Request {
    package var cookies: Cookies { Cookies(values(of: .cookie)) }

    package func cookie(_ name: String) -> String? { cookies[name] }
}

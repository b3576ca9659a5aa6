import Values

/// The tag of one version of a representation (RFC 9110 §8.8.3).
package struct ETag: Hashable, Sendable, CustomStringConvertible {
    package let tag: String
    package let isWeak: Bool

    /// `tag` holds visible characters without quotes; others are the program's mistake and dropped.
    package init(_ tag: String, isWeak: Bool = false) {
        self.tag = String(
            decoding: tag.utf8.filter { $0 == 0x21 || $0 >= 0x23 && $0 != 0x7f }, as: UTF8.self)
        self.isWeak = isWeak
    }

    /// `"abc"` or `W/"abc"`. Nil for all else.
    package init?(parsing text: some StringProtocol) {
        let isWeak = text.hasPrefix("W/")
        let quoted = isWeak ? text.dropFirst(2) : text[...]
        guard quoted.utf8.count >= 2, quoted.hasPrefix("\""), quoted.hasSuffix("\"") else {
            return nil
        }
        let tag = quoted.dropFirst().dropLast()
        guard tag.utf8.allSatisfy({ $0 == 0x21 || $0 >= 0x23 && $0 != 0x7f }) else { return nil }
        self.tag = String(tag)
        self.isWeak = isWeak
    }

    package var description: String { isWeak ? "W/\"\(tag)\"" : "\"\(tag)\"" }

    /// Good enough for a cache (§8.8.3.2).
    package func matchesWeakly(_ other: ETag) -> Bool { tag == other.tag }

    /// The same bytes.
    package func matchesStrongly(_ other: ETag) -> Bool {
        tag == other.tag && !isWeak && !other.isWeak
    }
}

/// What a request demands of the version it meets (RFC 9110 §13), judged in the order of §13.2.2.
package struct Conditions: Sendable {
    /// Whether to answer in full, with 304, or with 412 (RFC 9110, section 13.2).
    package enum Verdict: Sendable, Equatable { case proceed, notModified, failed }

    private let request: Request

    package init(of request: Request) { self.request = request }

    /// `etag` and `modified` describe the current version; both nil when there is none.
    package func verdict(etag: ETag?, modified: Instant?) -> Verdict {
        if let value = list(.ifMatch) {
            if !matches(value, etag, strongly: true) { return .failed }
        } else if let limit = date(.ifUnmodifiedSince), let modified,
            modified.seconds > limit.seconds
        {
            return .failed
        }
        let isRead = request.method == .get || request.method == .head
        if let value = list(.ifNoneMatch) {
            guard matches(value, etag, strongly: false) else { return .proceed }
            return isRead ? .notModified : .failed
        }
        if isRead, let since = date(.ifModifiedSince), let modified,
            modified.seconds <= since.seconds
        {
            return .notModified
        }
        return .proceed
    }

    /// Whether the request means the state that the tag names, of a thing that is to be changed:
    /// `If-Match`. A tag names the thing and not its bytes, so that it does not matter that one has
    /// become weak because its answer was compressed. A list of nothing names no state.
    package func means(_ etag: ETag) -> Bool {
        list(.ifMatch).map { matches($0, etag, strongly: false) } ?? true
    }

    /// Whether a range may be answered: no `If-Range`, or one that names this very version.
    package func allowsRange(etag: ETag?, modified: Instant?) -> Bool {
        guard let text = request[.ifRange] else { return true }
        if let wanted = ETag(parsing: text) { return etag.map(wanted.matchesStrongly) ?? false }
        return modified != nil && HTTPDate.instant(text)?.seconds == modified?.seconds
    }

    private func list(_ name: FieldName) -> [String]? {
        let values = request.values(of: name)
        return values.isEmpty ? nil : values.flatMap(listMembers)
    }

    private func date(_ name: FieldName) -> Instant? { request[name].flatMap(HTTPDate.instant) }

    private func matches(_ wanted: [String], _ etag: ETag?, strongly: Bool) -> Bool {
        guard let etag else { return false }
        return wanted.contains { text in
            guard text != "*" else { return true }
            guard let tag = ETag(parsing: text) else { return false }
            return strongly ? tag.matchesStrongly(etag) : tag.matchesWeakly(etag)
        }
    }
}

/// What a `Range` field asks for of a representation of a known length (RFC 9110 §14).
package enum ByteRanges: Sendable, Equatable {
    /// No range, a unit other than bytes, or nonsense: answer the whole.
    case whole
    case parts([Range<Int>])
    /// None of the ranges lies within: 416.
    case unsatisfiable

    /// More parts than this are an attack on the server's output and are answered as a whole; so
    /// are parts that overlap (§14.2).
    package static let maximumParts = 16

    package init(_ field: String?, length: Int) {
        guard let field, let equals = field.firstIndex(of: "="),
            equalsIgnoringCase(field[..<equals].trimmed, "bytes")
        else {
            self = .whole
            return
        }
        let members = field[field.index(after: equals)...].split(
            separator: ",", omittingEmptySubsequences: true
        ).map(\.trimmed).filter { !$0.isEmpty }
        guard !members.isEmpty, members.count <= Self.maximumParts else {
            self = .whole
            return
        }
        var parts: [Range<Int>] = []
        for member in members {
            guard let range = Self.range(member, length: length) else {
                self = .whole
                return
            }
            if !range.isEmpty { parts.append(range) }
        }
        if parts.isEmpty {
            self = .unsatisfiable
        } else {
            self = Self.overlap(parts) ? .whole : .parts(parts)
        }
    }

    /// `first-last`, `first-` or `-count`. Empty when it lies outside; nil when it is no range.
    private static func range(_ text: some StringProtocol, length: Int) -> Range<Int>? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(\.trimmed)
        guard ends.count == 2 else { return nil }
        if ends[0].isEmpty {
            guard let count = number(ends[1]) else { return nil }
            return max(0, length - count)..<length
        }
        guard let first = number(ends[0]) else { return nil }
        guard !ends[1].isEmpty else { return min(first, length)..<length }
        guard let last = number(ends[1]), last >= first else { return nil }
        return first >= length ? 0..<0 : first..<min(last, length - 1) + 1
    }

    /// Numbers too large for a file are as good as its end.
    private static func number(_ text: some StringProtocol) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy(\.isDigit) else { return nil }
        return Int(text) ?? .max
    }

    private static func overlap(_ parts: [Range<Int>]) -> Bool {
        let sorted = parts.sorted { $0.lowerBound < $1.lowerBound }
        return zip(sorted, sorted.dropFirst()).contains { $0.upperBound > $1.lowerBound }
    }
}

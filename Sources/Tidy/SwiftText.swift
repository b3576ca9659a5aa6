/// A Swift file taken apart just far enough for the rules: code without comments and strings, the
/// comments, and the string literals with the call that they are an argument of.
///
/// It is a scanner, not a parser: it knows strings (raw, of many lines, interpolated), comments
/// (nested) and raw identifiers, and nothing of grammar. Regex literals are not known to it.
package struct SwiftText {
    /// The lines, with every byte of a comment, string or raw identifier a space.
    package private(set) var code: [String] = []
    /// The text of comments by line, from `//` on.
    package private(set) var comments: [String] = []
    package private(set) var literals: [StringLiteral] = []

    package init(_ text: String) {
        var scanner = SwiftScanner(Array(text.utf8))
        scanner.scan()
        code = Self.lines(scanner.code)
        comments = Self.lines(scanner.comments).map { $0.trimmed }
        literals = scanner.literals
    }

    private static func lines(_ bytes: [UInt8]) -> [String] {
        bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
    }
}

/// One string literal of the source.
package struct StringLiteral {
    /// Counted from 0.
    package let line: Int
    package let text: String
    package let isInterpolated: Bool
    /// The word before the parenthesis that encloses it: `Statement` in `Statement(.point, "…")`.
    package let call: String
}

/// Walks over the bytes once.
struct SwiftScanner {
    private let bytes: [UInt8]
    private var index = 0
    private var line = 0
    /// Words before the parentheses that are open now; brackets and braces hide nothing.
    private var calls: [String] = []
    private(set) var code: [UInt8]
    private(set) var comments: [UInt8]
    private(set) var literals: [StringLiteral] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        code = bytes.map { $0 == UInt8(ascii: "\n") ? $0 : UInt8(ascii: " ") }
        comments = code
    }

    mutating func scan() {
        while index < bytes.count { step() }
    }

    private mutating func step() {
        switch bytes[index] {
        case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"): lineComment()
        case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"): blockComment()
        case UInt8(ascii: "`"): rawIdentifier()
        case UInt8(ascii: "\""): string(hashes: 0)
        case UInt8(ascii: "#") where hashesBeforeQuote > 0: string(hashes: hashesBeforeQuote)
        case UInt8(ascii: "("):
            calls.append(wordBefore())
            keep()
        case UInt8(ascii: ")"):
            calls.removeLastIfAny()
            keep()
        default: keep()
        }
    }

    private func peek(_ offset: Int) -> UInt8 {
        index + offset < bytes.count ? bytes[index + offset] : 0
    }

    private mutating func keep() {
        code[index] = bytes[index]
        advance()
    }

    private mutating func advance(_ count: Int = 1) {
        for _ in 0..<count where index < bytes.count {
            if bytes[index] == UInt8(ascii: "\n") { line += 1 }
            index += 1
        }
    }

    private mutating func lineComment() {
        while index < bytes.count, bytes[index] != UInt8(ascii: "\n") {
            comments[index] = bytes[index]
            index += 1
        }
    }

    private mutating func blockComment() {
        var depth = 0
        repeat {
            if peek(0) == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") { depth += 1 }
            if peek(0) == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") { depth -= 1 }
            comments[index] = bytes[index]
            advance()
        } while depth > 0 && index < bytes.count
        advance()
    }

    private mutating func rawIdentifier() {
        repeat {
            advance()
        } while index < bytes.count && bytes[index] != UInt8(ascii: "`")
            && bytes[index] != UInt8(ascii: "\n")
        advance()
    }

    private var hashesBeforeQuote: Int {
        var count = 0
        while peek(count) == UInt8(ascii: "#") { count += 1 }
        return peek(count) == UInt8(ascii: "\"") ? count : 0
    }

    /// The word that the parenthesis at `index` follows.
    private func wordBefore() -> String {
        var start = index
        while start > 0, bytes[start - 1].isWord { start -= 1 }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    // MARK: Strings

    private mutating func string(hashes: Int) {
        let firstLine = line
        advance(hashes)
        let quotes = peek(1) == UInt8(ascii: "\"") && peek(2) == UInt8(ascii: "\"") ? 3 : 1
        advance(quotes)
        var text: [UInt8] = []
        var isInterpolated = false
        while index < bytes.count, !closes(quotes, hashes) {
            if quotes == 1, bytes[index] == UInt8(ascii: "\n") { break }
            if escapes(hashes) {
                advance(1 + hashes)
                if peek(0) == UInt8(ascii: "(") {
                    isInterpolated = true
                    interpolation()
                    text += "\\()".utf8
                    continue
                }
            }
            text.append(peek(0))
            advance()
        }
        advance(quotes + hashes)
        literals.append(
            StringLiteral(
                line: firstLine, text: String(decoding: text, as: UTF8.self),
                isInterpolated: isInterpolated, call: calls.last ?? ""))
    }

    private func closes(_ quotes: Int, _ hashes: Int) -> Bool {
        (0..<quotes).allSatisfy { peek($0) == UInt8(ascii: "\"") }
            && (0..<hashes).allSatisfy { peek(quotes + $0) == UInt8(ascii: "#") }
    }

    private func escapes(_ hashes: Int) -> Bool {
        peek(0) == UInt8(ascii: "\\")
            && (0..<hashes).allSatisfy { peek(1 + $0) == UInt8(ascii: "#") }
    }

    /// What stands in `\( … )` is code.
    private mutating func interpolation() {
        let depth = calls.count
        repeat { step() } while calls.count > depth && index < bytes.count
    }
}

extension [String] {
    fileprivate mutating func removeLastIfAny() {
        if !isEmpty { removeLast() }
    }
}

extension UInt8 {
    var isWord: Bool {
        self == UInt8(ascii: "_") || (48...57).contains(self) || (65...90).contains(self)
            || (97...122).contains(self)
    }
}

extension String {
    var trimmed: String {
        var text = Substring(self)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

import Coding
import Values

/// What somebody wants drawn, in his own words, without blanks at its ends.
struct IconPrompt: StringValue {
    let text: String

    /// How long it may be is up to the settings: see `Icons.promptRule`.
    init(_ text: String) throws(Invalid) {
        guard !text.unicodeScalars.contains(where: Self.isControl) else { throw .malformed(.text) }
        let scalars = text.unicodeScalars
        let isBlank: (Unicode.Scalar) -> Bool = \.properties.isWhitespace
        guard let first = scalars.firstIndex(where: { !isBlank($0) }),
            let last = scalars.lastIndex(where: { !isBlank($0) })
        else { throw .tooShort(min: 1) }
        self.text = String(scalars[first...last])
    }

    private init(known text: String) { self.text = text }

    /// Lines may end and be indented; all other control characters are no words.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        let isLayout = scalar == "\n" || scalar == "\r" || scalar == "\t"
        return !isLayout && (scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value))
    }

    static func schema(upTo max: Int?) -> Schema {
        .string(length: max.map { 1...$0 }, pattern: pattern)
    }

    private static let pattern =
        #"^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*[^\s\u0000-\u001F\u007F-\u009F]"#
        + #"[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*$"#

    static var schema: Schema { schema(upTo: nil) }
    static var example: IconPrompt { IconPrompt(known: "A compass over a grid") }
}

/// A drawing that a client sends. Whether it is one is found out when it is made safe.
struct GivenSVG: StringValue {
    let text: String

    init(_ text: String) throws(Invalid) {
        guard !text.isEmpty else { throw .tooShort(min: 1) }
        guard text.utf8.count <= Self.lengths.upperBound else {
            throw .tooLong(max: Self.lengths.upperBound)
        }
        self.text = text
    }

    private init(known text: String) { self.text = text }

    /// The settings allow less; no body has more.
    static let lengths = 1...(1 << 20)

    static var schema: Schema { .string(length: lengths) }
    static var example: GivenSVG { GivenSVG(known: IconExamples.svg) }
}

/// What the API's document shows.
enum IconExamples {
    static let svg = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="9" \
        fill="none" stroke="currentColor" stroke-width="2"/></svg>
        """
}

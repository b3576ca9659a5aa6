/// Documents with small damage of the kinds that find mistakes in readers, the same for the same seed.
package struct Damage {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    private static let seeds = (Drawing.hostile + Drawing.valid + Drawing.refused.map(\.drawing))
        .map { Array($0.text.utf8) }.filter { $0.count < 5000 }

    private static let tokens = [
        "<", ">", "/>", "</", "\"", "'", "&", "&#x", "&#60;", "&lt;", "&amp;", "&a;", "<![CDATA[",
        "]]>",
        "<!--", "-->", "<?x ", "?>", "<!DOCTYPE svg [", "<!ENTITY a \"b\">", " xmlns=\"\"", "<g>",
        "</g>",
        "<script>", "<svg>", "</svg>", " onload=\"hit()\"", " href=\"#a\"", " id=\"a\"", "url(#a)",
        "url(",
        ")", "javascript:", "http://x", " style=\"fill:red\"", ";", ":", "\\", "\u{0}", "\u{1}",
        "é",
        "\u{feff}", "\u{2028}", "😀", "#", "1e999", "-", " viewBox=\"0 0 1 1\"", "xlink:", "\r",
        "\t", "%",
    ].map { Array($0.utf8) }

    private mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
    }

    package mutating func text() -> String {
        var text = Self.seeds[below(Self.seeds.count)]
        for _ in 0..<below(5) { change(&text) }
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func change(_ text: inout [UInt8]) {
        let at = below(text.count + 1)
        let other = below(text.count + 1)
        switch below(7) {
        case 0 where at < text.count: text[at] = UInt8(below(128))
        case 1 where at < text.count: text.remove(at: at)
        case 2: text.removeSubrange(min(at, other)..<min(max(at, other), min(at, other) + 12))
        case 3 where text.count < 20_000:
            text.insert(contentsOf: text[min(at, other)..<max(at, other)], at: at)
        case 4: splice(&text, at)
        default: text.insert(contentsOf: Self.tokens[below(Self.tokens.count)], at: at)
        }
    }

    /// A piece of another document.
    private mutating func splice(_ text: inout [UInt8], _ at: Int) {
        let other = Self.seeds[below(Self.seeds.count)]
        let start = below(other.count + 1)
        text.insert(contentsOf: other[start..<min(other.count, start + below(200))], at: at)
    }
}

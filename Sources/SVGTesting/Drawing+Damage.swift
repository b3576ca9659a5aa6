import Fuzzing

extension TextDamage {
    /// To drawings, hostile ones and others.
    package static func toDrawings(seed: UInt64) -> TextDamage {
        let drawings = Drawing.hostile + Drawing.valid + Drawing.refused.map(\.drawing)
        let texts = drawings.map(\.text).filter { $0.utf8.count < 5000 }
        return TextDamage(to: texts, tokens: tokens, bytesMax: 20_000, seed: seed)
    }

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
    ]
}

// SVG: drawings from outside, made safe.
//
// libxml2 reads the document, with a parser that knows no entity and opens no file (`SVGReader`). What
// it finds is kept where it is on a list: elements (`SVGTag`), attributes (`SVGAttributes`) and values
// (`SVGGrammar`); `style` becomes attributes (`SVGStyle`). Then names get the drawing's scope
// (`SVGScope`), what would be drawn is counted (`SVGWeight`), and a new text is written. Nothing of the
// old text is passed on as it was.

/// A drawing that is safe to store, to serve and to put into a page.
///
/// Safe means: it runs nothing, loads nothing, animates nothing, stays within its box and is drawn in
/// bearable time. Making it safe again under the same scope changes nothing.
package struct SafeSVG: Hashable, Sendable {
    package let text: String

    /// Keeps what is on the list of what drawings need and leaves out the rest. `scope` is put behind
    /// every id, so that two drawings in one page do not refer to each other; letters, digits, `-`,
    /// `.` and `_` of it count.
    ///
    /// Takes up to some milliseconds: 64 KiB of it are parsed.
    package init(
        _ untrusted: String, scope: String, policy: SVGPolicy = SVGPolicy()
    ) throws(SVGProblem) {
        guard untrusted.utf8.count <= policy.bytesMax else { throw .tooLong(max: policy.bytesMax) }
        // NUL is in no document, but could make one of another encoding of it.
        guard !untrusted.utf8.contains(0) else { throw .notXML }
        let root = try SVGReader.read(Self.withoutStart(untrusted), policy)
        guard root.isVisible else { throw .empty }
        var names = SVGScope(scope)
        names.rename(root)
        try SVGWeight.check(root, max: policy.drawnMax)
        text = root.text
        guard text.utf8.count <= policy.bytesMax else { throw .tooLong(max: policy.bytesMax) }
    }

    /// Without what may come before `<?xml` in files and answers, but not in XML.
    private static func withoutStart(_ text: String) -> String {
        let scalars = text.unicodeScalars.drop { $0 == "\u{feff}" || $0.properties.isWhitespace }
        return String(scalars)
    }
}

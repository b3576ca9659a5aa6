/// A document of the corpus, by which the sanitiser is tried: in tests, by fuzzing and in a browser.
///
/// What hostile ones would run is `hit()`, and what they would load lies at `elsewhere.example`.
package struct Drawing: Sendable, CustomStringConvertible {
    package let name: String
    package let text: String

    package init(_ name: String, _ text: String) {
        (self.name, self.text) = (name, text)
    }

    package var description: String { name }

    /// In an `svg` of 24 by 24 that also has something harmless to keep.
    static func around(_ name: String, root: String = "", _ inner: String) -> Drawing {
        Drawing(
            name,
            """
            <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" \
            viewBox="0 0 24 24" \(root)>\(inner)<rect id="kept" x="4" y="4" width="8" height="8"/></svg>
            """)
    }
}

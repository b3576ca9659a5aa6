/// A drawing that is safe to store, to serve and to put into a page.
package struct SafeSVG: Hashable, Sendable {
    package let text: String

    /// Keeps what is on the list of what drawings need. `scope` is put behind every id, so that two
    /// drawings in one page do not refer to each other.
    package init(
        _ untrusted: String, scope: String, policy: SVGPolicy = SVGPolicy()
    ) throws(SVGProblem) {
        throw .unavailable
    }
}

/// An icon as a generator gives it. Nobody vouches for it: it becomes a `SafeSVG`, or nothing.
package struct DraftIcon: Hashable, Sendable {
    package var name: String
    package var svg: String

    package init(name: String, svg: String) {
        (self.name, self.svg) = (name, svg)
    }
}

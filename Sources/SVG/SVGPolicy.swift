/// What a drawing from outside may cost.
package struct SVGPolicy: Hashable, Sendable {
    /// Of the text that comes, and of the one that is made of it.
    package var bytesMax = 64 << 10
    package var elementsMax = 2000
    /// Elements within one another.
    package var depthMax = 32
    /// Elements that are drawn, each counted as often as `use`, masks and clip paths draw it, and long
    /// paths and texts for several: a few lines can ask a browser for billions.
    package var drawnMax = 10_000

    package init() {}
}

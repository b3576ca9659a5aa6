/// Why a text does not become a drawing.
package enum SVGProblem: Error, Hashable, Sendable {
    /// It, or what is made of it, has more bytes than allowed.
    case tooLong(max: Int)
    case notXML
    /// It is XML whose first element is no `svg`.
    case notSVG
    /// It declares entities or the like, or refers to them. Nothing is ever expanded.
    case declares
    /// Elements within one another.
    case tooDeep(max: Int)
    /// Elements.
    case tooMany(max: Int)
    /// Elements to draw, those that are drawn again included; or something draws itself.
    case tooMuchToDraw(max: Int)
    /// Nothing that can be seen is left.
    case empty
    /// This machine lacks libxml2, or memory.
    case unavailable
}

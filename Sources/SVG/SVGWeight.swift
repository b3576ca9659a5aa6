/// How much a browser draws for a drawing, where `use`, masks and clip paths draw things again.
///
/// Ten groups that each use the one before ten times are a thousand bytes and ten billion circles.
struct SVGWeight {
    private let elements: [String: SVGElement]
    private let max: Int
    private var known: [ObjectIdentifier: Int] = [:]
    private var open: Set<ObjectIdentifier> = []

    static func check(_ root: SVGElement, max: Int) throws(SVGProblem) {
        var weight = SVGWeight(root, max: max)
        let total = try weight.of(root, after: 0)
        if total > max { throw .tooMuchToDraw(max: max) }
    }

    private init(_ root: SVGElement, max: Int) {
        var elements: [String: SVGElement] = [:]
        for element in root.all {
            if case .id(let name)? = element["id"] { elements[name] = element }
        }
        (self.elements, self.max) = (elements, max)
    }

    /// Of the element with all that is in it and all that it refers to; no more than one above the
    /// most. What contains or refers to itself has none.
    private mutating func of(
        _ element: SVGElement, after references: Int
    ) throws(SVGProblem) -> Int {
        let key = ObjectIdentifier(element)
        if let known = known[key] { return known }
        guard references <= Self.referencesMax, open.insert(key).inserted else {
            throw .tooMuchToDraw(max: max)
        }
        var total = 1 + element.length / Self.bytesPerElement
        for child in element.elements { total += try of(child, after: references) }
        for (_, value) in element.attributes {
            guard let target = value.target.flatMap({ elements[$0] }) else { continue }
            total += try of(target, after: references + 1)
        }
        open.remove(key)
        known[key] = min(total, max + 1)
        return min(total, max + 1)
    }

    /// So many bytes of a path or a text are as much work as an element.
    private static let bytesPerElement = 32
    /// One after the other. Drawings that people make have two or three.
    private static let referencesMax = 16
}

extension SVGElement {
    /// Bytes of what it says itself.
    fileprivate var length: Int {
        let words = children.map { if case .text(let text) = $0 { text.utf8.count } else { 0 } }
        return attributes.reduce(words.reduce(0, +)) { $0 + $1.value.text.utf8.count }
    }
}

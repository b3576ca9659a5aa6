/// An element of a drawing while it is made safe: what of it is allowed, and nothing else.
final class SVGElement {
    /// What is in an element.
    enum Node {
        case element(SVGElement)
        case text(String)
    }

    let tag: SVGTag
    var attributes: [(name: String, value: SVGValue)] = []
    var children: [Node] = []

    init(_ tag: SVGTag) { self.tag = tag }

    subscript(_ name: String) -> SVGValue? {
        get { attributes.first { $0.name == name }?.value }
        set {
            let place = attributes.firstIndex { $0.name == name }
            switch (place, newValue) {
            case (let place?, let value?): attributes[place].value = value
            case (let place?, nil): attributes.remove(at: place)
            case (nil, let value?): attributes.append((name, value))
            case (nil, nil): break
            }
        }
    }

    var elements: [SVGElement] {
        children.compactMap { if case .element(let element) = $0 { element } else { nil } }
    }

    /// Itself and all that is in it, in the order of the document.
    var all: [SVGElement] { [self] + elements.flatMap(\.all) }

    /// Whether something is drawn that does not wait for a reference.
    var isVisible: Bool {
        !tag.isKept && (tag.isDrawn || elements.contains { $0.isVisible })
    }
}

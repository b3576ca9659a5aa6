import Foundation
import FoundationXML

/// What a document has, read by somebody else's reader, and what of it is on no list of ours.
///
/// The lists are written down again here: whoever makes the sanitiser's longer has to say so twice.
final class Inventory: NSObject, XMLParserDelegate {
    private(set) var problems: [String] = []

    init(of text: String) throws {
        super.init()
        let parser = XMLParser(data: Data(text.utf8))
        parser.shouldProcessNamespaces = false
        parser.delegate = self
        if !parser.parse() {
            problems.append("no XML: \(parser.lineNumber):\(parser.columnNumber)")
        }
    }

    func parser(
        _ parser: XMLParser, didStartElement element: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
    ) {
        if !Self.elements.contains(element) { problems.append("<\(element)>") }
        for (name, value) in attributes where !Self.isFine(name, value, on: element) {
            problems.append("\(name)=\(value)")
        }
    }

    private static func isFine(_ name: String, _ value: String, on element: String) -> Bool {
        switch name {
        case "xmlns": element == "svg" && value == "http://www.w3.org/2000/svg"
        case "aria-label": true
        case "id": matches(value, "[A-Za-z_][A-Za-z0-9_.-]*")
        case "href": matches(value, "#[A-Za-z_][A-Za-z0-9_.-]*")
        case "clip-path", "mask": matches(value, "none|url\\(#[A-Za-z_][A-Za-z0-9_.-]*\\)")
        case "fill", "stroke":
            matches(
                value,
                "(url\\(#[A-Za-z_][A-Za-z0-9_.-]*\\) ?)?([A-Za-z-]+|#[0-9A-Fa-f]+|[a-z]+\\([^()]*\\))?"
            )
        case "transform", "gradientTransform": matches(value, "[a-zA-Z0-9(),.+ -]+")
        case "font-family": matches(value, "[A-Za-z0-9 ,_'\"-]+")
        case _ where attributes.contains(name): matches(value, "[A-Za-z0-9 ,.+%#()/-]*")
        default: false
        }
    }

    private static func matches(_ text: String, _ pattern: String) -> Bool {
        text.range(of: "^(\(pattern))$", options: .regularExpression) == text
            .startIndex..<text.endIndex
    }

    private static let elements: Set<String> = [
        "svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line",
        "polyline",
        "polygon", "text", "tspan", "title", "desc", "clipPath", "mask", "linearGradient",
        "radialGradient", "stop",
    ]

    private static let attributes: Set<String> = [
        "viewBox", "preserveAspectRatio", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx",
        "cy", "r", "rx", "ry", "fx", "fy", "fr", "d", "points", "pathLength", "refX", "refY",
        "offset",
        "fill-opacity", "fill-rule", "stroke-width", "stroke-opacity", "stroke-linecap",
        "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "color",
        "opacity", "display", "visibility", "overflow", "paint-order", "vector-effect",
        "shape-rendering", "text-rendering", "color-interpolation", "clip-rule", "mask-type",
        "stop-color", "stop-opacity", "font-size", "font-weight", "font-style", "text-anchor",
        "text-decoration", "dominant-baseline", "letter-spacing", "word-spacing", "dx", "dy",
        "rotate",
        "textLength", "lengthAdjust", "gradientUnits", "spreadMethod", "clipPathUnits", "maskUnits",
        "maskContentUnits", "role", "aria-hidden",
    ]
}

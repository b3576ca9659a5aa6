import SVG
import Values

/// A drawing as elements that can be put into another one, on 24 by 24.
struct ReferenceDrawing {
    let elements: String

    /// Nil for what has been put into another so often that it could not be once more.
    init?(_ drawing: SafeSVG) {
        guard let end = Self.endOfHead(drawing.text) else { return nil }
        let attributes = Self.attributes(of: drawing.text[..<end])
        let inner = Self.withoutCaptions(drawing.text[end...].dropFirst().dropLast("</svg>".count))
        guard Self.depth(of: inner) <= Self.depthMax else { return nil }
        let kept = attributes.filter { !Self.placing.contains($0.name) }
            .map { "\($0.name)=\"\($0.value)\"" }.joined(separator: " ")
        let box = attributes.first { $0.name == "viewBox" }?.value ?? ""
        elements =
            box == "0 0 24 24"
            ? "<g \(kept)>\(inner)</g>"
            : "<svg width=\"24\" height=\"24\" viewBox=\"\(box)\" \(kept)>\(inner)</svg>"
    }

    /// Values hold no `>`: the one who wrote the text has escaped them.
    private static func endOfHead(_ text: String) -> String.Index? { text.firstIndex(of: ">") }

    private static func attributes(of head: Substring) -> [(name: String, value: String)] {
        let parts = head.split(separator: "\"", omittingEmptySubsequences: false)
        return stride(from: 0, to: parts.count - 1, by: 2).map { number in
            let name = parts[number].split { $0 == " " || $0 == "=" }.last ?? ""
            return (String(name), String(parts[number + 1]))
        }
    }

    private static func withoutCaptions(_ text: Substring) -> Substring {
        ["title", "desc"].reduce(text) { text, name in
            guard text.hasPrefix("<\(name)>"), let end = text.firstRange(of: "</\(name)>") else {
                return text
            }
            return text[end.upperBound...]
        }
    }

    private static func depth(of text: Substring) -> Int {
        var (depth, deepest) = (0, 0)
        for tag in text.split(separator: "<") {
            if tag.hasPrefix("/") { depth -= 1 } else if !tag.contains("/>") { depth += 1 }
            deepest = max(deepest, depth)
        }
        return deepest
    }

    private static let placing = [
        "xmlns", "viewBox", "width", "height", "id", "role", "aria-label", "aria-hidden",
    ]
    /// A drawing may be 32 deep, and a change takes up to seven of it.
    private static let depthMax = 22
}

import Coding
import Values

/// Finds the icons in what a model has answered.
///
/// They are asked for in the form of a tool's input. Models, and what stands between, sometimes answer
/// with text instead: JSON or drawings, in fences or among words. What is found is still a draft.
enum DraftReader {
    static func drafts(
        in answer: MessageAnswer, upTo count: Int
    ) throws(GenerationProblem) -> [DraftIcon] {
        if answer.stopReason == "refusal" { throw .refused }
        if ["max_tokens", "model_context_window_exceeded"].contains(answer.stopReason) {
            throw .noIcon(.isTruncated)
        }
        let inputs = answer.inputs.compactMap { try? JSON(parsing: Array($0.utf8)) }
        var found = inputs.flatMap(drafts)
        if found.isEmpty { found = drafts(in: answer.text) }
        guard found.isEmpty else { return Array(found.prefix(max(1, count))) }
        if inputs.contains(where: isRefusal) { throw .refused }
        let isBroken = inputs.count < answer.inputs.count || answer.text.contains("<svg")
        throw .noIcon(isBroken || !inputs.isEmpty ? .isMalformed : .hasNoDrawing)
    }

    private static func isRefusal(_ json: JSON) -> Bool {
        json["refusal"]?.asString?.isEmpty == false
    }

    // MARK: JSON

    /// `{"variants": [{name, svg}]}`, the list alone, or one of them alone.
    private static func drafts(in json: JSON) -> [DraftIcon] {
        let icons = json["variants"]?.asList ?? json.asList ?? [json]
        return icons.enumerated().compactMap { number, icon in
            guard let text = icon["svg"]?.asString, let svg = drawings(in: text).first else {
                return nil
            }
            let name = icon["name"]?.asString ?? ""
            return DraftIcon(name: name.isEmpty ? "Icon \(number + 1)" : name, svg: svg)
        }
    }

    // MARK: Text

    private static func drafts(in text: String) -> [DraftIcon] {
        let fenced = text.split(by: "```").enumerated()
            .filter { $0.offset % 2 == 1 }.map(\.element)
        for piece in fenced + [text[...]] {
            let found = objects(in: piece).flatMap(drafts)
            if !found.isEmpty { return found }
        }
        return drawings(in: text).enumerated().map { number, svg in
            DraftIcon(name: "Icon \(number + 1)", svg: svg)
        }
    }

    /// What stands between the first bracket and the last, where that is JSON.
    private static func objects(in text: Substring) -> [JSON] {
        [("{", "}"), ("[", "]")].compactMap { open, close in
            guard let start = text.firstRange(of: open)?.lowerBound,
                let end = text.ranges(of: close).last?.upperBound, start < end
            else { return nil }
            return try? JSON(parsing: Array(text[start..<end].utf8))
        }
    }

    /// Each `<svg …>` with what is in it, drawings in drawings included.
    static func drawings(in text: String) -> [String] {
        var found: [String] = []
        var rest = text[...]
        while let start = rest.firstRange(of: "<svg") {
            rest = rest[start.lowerBound...]
            guard let end = end(of: rest) else { break }
            found.append(String(rest[..<end]))
            rest = rest[end...]
        }
        return found
    }

    private static func end(of drawing: Substring) -> Substring.Index? {
        var depth = 0
        var rest = drawing
        while let close = rest.firstRange(of: "</svg>") {
            depth += rest[..<close.lowerBound].ranges(of: "<svg").count - 1
            rest = rest[close.upperBound...]
            if depth <= 0 { return close.upperBound }
        }
        return nil
    }
}

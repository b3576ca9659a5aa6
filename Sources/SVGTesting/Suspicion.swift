import Values

extension String {
    /// What is not to be found in a drawing that is safe. Nil where there is nothing.
    ///
    /// It reads tags by itself, without a parser, as someone who does not trust the one that wrote them.
    package var suspicion: String? {
        let head = #"<svg xmlns="http://www.w3.org/2000/svg""#
        guard hasPrefix(head), hasSuffix(">") else { return "another start or end" }
        for piece in dropFirst(head.count).split(separator: "<") {
            let tag = piece.prefix { $0 != ">" }
            if let reason = Self.suspicion(ofTag: tag) { return "\(reason) in <\(tag)>" }
        }
        return nil
    }

    private static func suspicion(ofTag tag: Substring) -> String? {
        // What is in quotes every second time is a value.
        let parts = tag.split(separator: "\"", omittingEmptySubsequences: false)
        for (number, part) in parts.enumerated() {
            if number % 2 == 0 {
                let name = part.lowercased().split { " =/".contains($0) }.last ?? ""
                if name.hasPrefix("on") || forbidden.contains(String(name)) { return "\(name)" }
                continue
            }
            let name = parts[number - 1].split { " =".contains($0) }.last ?? ""
            if name != "aria-label", let reason = suspicion(ofValue: part) { return reason }
        }
        return nil
    }

    private static func suspicion(ofValue value: Substring) -> String? {
        let text = value.lowercased()
        if text.contains("//") || text.contains("script:") || text.contains("data:") {
            return "an address"
        }
        let isLocal = text.split(by: "url(").dropFirst()
            .allSatisfy { $0.hasPrefix("#") }
        return isLocal ? nil : "an address in url()"
    }

    private static let forbidden: Set<String> = [
        "style", "class", "src", "xml:base", "xlink:href", "script", "image", "a", "foreignobject",
        "filter", "animate", "set", "iframe",
    ]
}

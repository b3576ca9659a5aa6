/// How a motif is drawn: variants of an icon are the same motif in other styles.
enum OfflineStyle: String, CaseIterable {
    case outline, duotone, solid

    /// The motif as elements, under a root of strokes without fill. `name` tells its mask apart.
    func draw(_ motif: Motif, accent: String, mask name: String) -> String {
        switch self {
        case .outline: return motif.body + motif.lines + motif.beside
        case .duotone:
            let filled = "<g fill=\"\(accent)\" fill-opacity=\".4\">\(motif.body)</g>"
            return motif.body.isEmpty ? behind(motif, accent) : filled + motif.lines + motif.beside
        case .solid: return solid(motif, mask: name)
        }
    }

    /// Lines alone have nothing to fill, so they get something behind them.
    private func behind(_ motif: Motif, _ accent: String) -> String {
        "<circle cx=\"12\" cy=\"12\" r=\"10\" fill=\"\(accent)\" fill-opacity=\".4\" stroke=\"none\"/>"
            + Self.small(motif.lines)
    }

    /// Filled, with the lines cut out of it.
    private func solid(_ motif: Motif, mask name: String) -> String {
        let body = motif.body.isEmpty ? #"<circle cx="12" cy="12" r="9"/>"# : motif.body
        let lines = motif.body.isEmpty ? Self.small(motif.lines) : motif.lines
        let filled = "fill=\"currentColor\""
        guard !lines.isEmpty else { return "<g \(filled)>\(body)</g>" + motif.beside }
        return """
            <mask id="\(name)" maskUnits="userSpaceOnUse" x="0" y="0" width="24" height="24">\
            <rect width="24" height="24" fill="#fff" stroke="none"/><g stroke="#000">\(lines)</g></mask>\
            <g mask="url(#\(name))"><g \(filled)>\(body)</g></g>\(motif.beside)
            """
    }

    private static func small(_ elements: String) -> String {
        #"<g transform="translate(4.8 4.8) scale(.6)" stroke-width="3">"# + elements + "</g>"
    }
}

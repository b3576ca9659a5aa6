/// Puts motifs together to an icon, and says in it where it comes from.
struct OfflineDrawing {
    let motifs: [Motif]
    let accent: String

    init(_ brief: IconBrief) {
        let named = Motif.named(in: brief.prompt)
        motifs = named.isEmpty ? [Motif.abstract(brief.prompt)] : Array(named.prefix(2))
        let palette = Self.palette(brief.colorMode)
        accent = palette[Int(Wording.number(of: brief.prompt) % UInt64(palette.count))]
    }

    func icon(_ style: OfflineStyle) -> DraftIcon {
        let title = motifs.map(\.name).joined(separator: " and ")
        let elements =
            motifs.count > 1 ? pair(style) : style.draw(motifs[0], accent: accent, mask: "lines")
        return DraftIcon(
            name: "\(title), \(style.rawValue)", svg: Self.document(title, elements))
    }

    /// The second motif is small, at the corner, and nothing of the first is drawn around it.
    private func pair(_ style: OfflineStyle) -> String {
        let (first, second) = (motifs[0], motifs[1])
        return """
            <mask id="corner" maskUnits="userSpaceOnUse" x="0" y="0" width="24" height="24">\
            <rect width="24" height="24" fill="#fff" stroke="none"/><circle cx="17.5" cy="17.5" r="7" \
            fill="#000" stroke="none"/></mask><g mask="url(#corner)">\
            <g transform="translate(-.7 -.7) scale(.9)">\(style.draw(first, accent: accent, mask: "first"))\
            </g></g><g transform="translate(11.5 11.5) scale(.5)" stroke-width="3">\
            \(style.draw(second, accent: accent, mask: "second"))</g>
            """
    }

    static func document(_ title: String, _ elements: String) -> String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" \
        stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><title>\(title)</title>\
        <desc>\(note)</desc>\(elements)</svg>
        """
    }

    /// In every icon, so that nobody takes it for a model's.
    static let note = "Drawn offline from the words of its prompt, without a model."

    static func palette(_ mode: IconBrief.ColorMode) -> [String] {
        switch mode {
        case .dark: ["#7dd3fc", "#fda4af", "#bef264", "#fcd34d", "#c4b5fd", "#5eead4"]
        case .light: ["#0284c7", "#e11d48", "#4d7c0f", "#b45309", "#7c3aed", "#0f766e"]
        }
    }
}

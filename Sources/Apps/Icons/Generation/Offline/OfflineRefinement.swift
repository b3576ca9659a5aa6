import SVG

/// Changes an icon as the words ask, or, where they ask for nothing that is known, in some way that can
/// be seen.
struct OfflineRefinement {
    /// A change that words can ask for.
    enum Change: String, CaseIterable {
        case turned, mirrored, larger, smaller, bolder, thinner, filled, framed, colored

        /// The words that ask for it.
        var words: Set<String> {
            switch self {
            case .turned: ["rotate", "rotated", "turn", "turned", "tilt", "tilted"]
            case .mirrored: ["flip", "flipped", "mirror", "mirrored", "reverse"]
            case .larger: ["bigger", "larger", "grow", "big", "large"]
            case .smaller: ["smaller", "shrink", "small", "tiny"]
            case .bolder: ["bold", "bolder", "thick", "thicker", "heavier", "heavy"]
            case .thinner: ["thin", "thinner", "light", "lighter", "fine"]
            case .filled: ["fill", "filled", "solid"]
            case .framed: ["frame", "framed", "border", "badge", "rounded", "circled"]
            case .colored: []
            }
        }
    }

    private let inner: String
    private let changes: [Change]
    private let color: String?
    private let corner: Motif?

    /// Nil where the reference is none of ours to change: too deep already.
    init?(_ reference: SafeSVG, _ brief: IconBrief, variant: Int) {
        guard let inner = ReferenceDrawing(reference)?.elements else { return nil }
        let words = Set(Wording.words(of: brief.prompt))
        self.inner = inner
        color = words.sorted().compactMap { Self.colors[$0] }.first
        corner = Self.thing(in: brief.prompt)
        var changes = Change.allCases.filter { !$0.words.isDisjoint(with: words) }
        if color != nil { changes.append(.colored) }
        let asksNothing = changes.isEmpty && corner == nil
        let free: [Change] = [.framed, .turned, .mirrored, .smaller, .filled]
        let start = Int(Wording.number(of: brief.prompt) % UInt64(free.count))
        // Further variants differ from the first by one change more.
        let more = asksNothing ? variant + 1 : variant
        changes += free.indices.map { free[(start + $0) % free.count] }
            .filter { !changes.contains($0) }.prefix(max(0, more)).suffix(1)
        self.changes = changes
    }

    /// What the words name beside the change that they ask for.
    private static func thing(in text: String) -> Motif? {
        let verbs = Set(Change.allCases.flatMap(\.words)).union([
            "add", "new", "create", "make", "remove", "delete", "move", "draw", "show", "start",
        ])
        let rest = Wording.words(of: text).filter { !verbs.contains($0) }
        return Motif.named(in: rest.joined(separator: " ")).first
    }

    var icon: DraftIcon {
        var elements = changes.reduce(inner, apply)
        if let corner { elements = beside(elements, corner) }
        let names = changes.map(\.rawValue) + (corner.map { ["with \($0.name)"] } ?? [])
        let name = names.joined(separator: ", ")
        return DraftIcon(name: name, svg: OfflineDrawing.document("Changed: \(name)", elements))
    }

    private func apply(_ elements: String, _ change: Change) -> String {
        switch change {
        case .turned: group(elements, #"transform="rotate(45 12 12)""#)
        case .mirrored: group(elements, #"transform="translate(24 0) scale(-1 1)""#)
        case .larger: group(elements, #"transform="translate(-1.8 -1.8) scale(1.15)""#)
        case .smaller: group(elements, #"transform="translate(3.6 3.6) scale(.7)""#)
        case .bolder: group(elements, #"stroke-width="3""#)
        case .thinner: group(elements, #"stroke-width="1.25""#)
        case .filled: group(elements, #"fill="currentColor" fill-opacity=".3""#)
        case .colored: group(elements, "color=\"\(color ?? "currentColor")\"")
        case .framed:
            #"<rect x="2" y="2" width="20" height="20" rx="5"/>"#
                + group(elements, #"transform="translate(4.8 4.8) scale(.6)""#)
        }
    }

    private func group(_ elements: String, _ attributes: String) -> String {
        "<g \(attributes)>\(elements)</g>"
    }

    private func beside(_ elements: String, _ motif: Motif) -> String {
        """
        <g transform="scale(.75)">\(elements)</g><g transform="translate(13 13) scale(.42)" \
        stroke-width="4">\(motif.body)\(motif.lines)\(motif.beside)</g>
        """
    }

    private static let colors = [
        "red": "#dc2626", "orange": "#ea580c", "yellow": "#ca8a04", "gold": "#ca8a04",
        "green": "#16a34a", "teal": "#0d9488", "cyan": "#0891b2", "blue": "#2563eb",
        "violet": "#7c3aed", "purple": "#9333ea", "pink": "#db2777", "brown": "#92400e",
        "gray": "#6b7280", "grey": "#6b7280",
    ]
}

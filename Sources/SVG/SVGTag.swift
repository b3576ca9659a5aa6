/// The elements that drawings may have, by the names that they have in documents. Whatever has another
/// name goes, with all that is in it.
enum SVGTag: String, CaseIterable {
    case svg, g, defs, symbol, use
    case path, rect, circle, ellipse, line, polyline, polygon
    case text, tspan, title, desc
    case clipPath, mask, linearGradient, radialGradient, stop

    /// Whether it can be seen by itself.
    var isDrawn: Bool {
        switch self {
        case .path, .rect, .circle, .ellipse, .line, .polyline, .polygon, .text, .use: true
        default: false
        }
    }

    /// Whether what is in it is seen only where something else refers to it.
    var isKept: Bool {
        switch self {
        case .defs, .symbol, .clipPath, .mask, .linearGradient, .radialGradient: true
        default: false
        }
    }

    var takesText: Bool {
        switch self {
        case .text, .tspan, .title, .desc: true
        default: false
        }
    }

    func mayContain(_ child: SVGTag) -> Bool {
        switch self {
        case .title, .desc, .stop: false
        case .linearGradient, .radialGradient: child == .stop || child.isCaption
        case .text, .tspan: child == .tspan || child.isCaption
        case .path, .rect, .circle, .ellipse, .line, .polyline, .polygon, .use: child.isCaption
        case .svg, .g, .defs, .symbol, .clipPath, .mask: child != .stop && child != .tspan
        }
    }

    private var isCaption: Bool { self == .title || self == .desc }
}

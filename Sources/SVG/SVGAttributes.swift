/// The attributes that elements may have, and what values they take. None of them runs something, loads
/// something or lies over what is around the drawing.
enum SVGAttributes {
    /// Nil for what an element may not have.
    static func grammar(of name: String, on tag: SVGTag) -> SVGGrammar? {
        if let grammar = own[tag]?[name] ?? naming[name] { return grammar }
        if tag == .title || tag == .desc { return nil }
        return name == "transform" ? .transform : properties[name]
    }

    /// Of `style`, too, where what an attribute and CSS take is the same.
    static func property(_ name: String) -> SVGGrammar? { properties[name] }

    /// Whether what it refers to is a colour, so that another colour can be used instead.
    static func isPaint(_ name: String) -> Bool { name == "fill" || name == "stroke" }

    private typealias List = [String: SVGGrammar]

    private static let naming: List = [
        "id": .id, "role": .word, "aria-label": .sentence, "aria-hidden": .word,
    ]

    private static let properties: List = [
        "fill": .paint, "fill-opacity": .length, "fill-rule": .word,
        "stroke": .paint, "stroke-width": .length, "stroke-opacity": .length,
        "stroke-linecap": .word, "stroke-linejoin": .word, "stroke-miterlimit": .length,
        "stroke-dasharray": .lengths, "stroke-dashoffset": .length,
        "color": .color, "opacity": .length, "display": .word, "visibility": .word,
        "overflow": .word, "paint-order": .words, "vector-effect": .word,
        "shape-rendering": .word, "text-rendering": .word, "color-interpolation": .word,
        "clip-path": .server, "clip-rule": .word, "mask": .server, "mask-type": .word,
        "stop-color": .color, "stop-opacity": .length,
        "font-family": .families, "font-size": .length, "font-weight": .weight,
        "font-style": .word, "text-anchor": .word, "text-decoration": .words,
        "dominant-baseline": .word, "letter-spacing": .length, "word-spacing": .length,
    ]

    private static let box: List = [
        "x": .length, "y": .length, "width": .length, "height": .length,
    ]
    private static let frame: List = ["viewBox": .numbers, "preserveAspectRatio": .words]
    private static let ends: List = ["x1": .length, "y1": .length, "x2": .length, "y2": .length]
    private static let center: List = ["cx": .length, "cy": .length]
    private static let radii: List = ["rx": .length, "ry": .length]
    private static let glyphs: List = [
        "x": .lengths, "y": .lengths, "dx": .lengths, "dy": .lengths, "rotate": .lengths,
        "textLength": .length, "lengthAdjust": .word,
    ]
    private static let gradient: List = [
        "gradientUnits": .word, "gradientTransform": .transform, "spreadMethod": .word,
        "href": .link,
    ]

    private static let own: [SVGTag: List] = [
        .svg: box + frame,
        .symbol: box + frame + ["refX": .length, "refY": .length],
        .use: box + ["href": .link],
        .path: ["d": .path, "pathLength": .length],
        .rect: box + radii + ["pathLength": .length],
        .circle: center + ["r": .length, "pathLength": .length],
        .ellipse: center + radii + ["pathLength": .length],
        .line: ends + ["pathLength": .length],
        .polyline: ["points": .numbers, "pathLength": .length],
        .polygon: ["points": .numbers, "pathLength": .length],
        .text: glyphs, .tspan: glyphs,
        .clipPath: ["clipPathUnits": .word],
        .mask: box + ["maskUnits": .word, "maskContentUnits": .word],
        .linearGradient: ends + gradient,
        .radialGradient: center + gradient + [
            "r": .length, "fx": .length, "fy": .length, "fr": .length,
        ],
        .stop: ["offset": .length],
    ]
}

private func + (left: [String: SVGGrammar], right: [String: SVGGrammar]) -> [String: SVGGrammar] {
    left.merging(right) { $1 }
}

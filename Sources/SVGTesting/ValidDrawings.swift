extension Drawing {
    /// Drawings as people and their programs make them. Made safe, they look as before.
    package static let valid: [Drawing] = shapes + painted + reused + written

    private static let shapes: [Drawing] = [
        around(
            "strokes", root: #"fill="none" stroke="currentColor" stroke-width="2""#,
            #"<path stroke-linecap="round" stroke-linejoin="round" d="M3 12h18M12 3l9 9-9 9"/>"#),
        around(
            "basic shapes",
            """
            <circle cx="6" cy="6" r="5" fill="#e33"/><ellipse cx="17" cy="6" rx="5" ry="3" fill="teal"/>\
            <line x1="1" y1="23" x2="23" y2="13" stroke="rgb(10, 20, 30)"/>\
            <polyline points="1,13 5,20 9,13" fill="none" stroke="hsl(210 50% 40%)"/>\
            <polygon points="13 13 23 13 18 22" fill="#06c8"/>
            """),
        around(
            "arcs and curves",
            #"<path fill="gold" d="M12 2A10 10 0 1 1 2 12.5C2 8 5 4 9.5 2.3q1-.3 2.5-.3zM1e1 8t2 .5S6 6 9-3"/>"#
        ),
        around(
            "holes",
            #"<path fill-rule="evenodd" d="M2 2h20v20H2zM7 7h10v10H7z" clip-rule="evenodd"/>"#),
        around(
            "dashes",
            """
            <path d="M1 12h22" stroke="black" stroke-dasharray="3 1, 2" stroke-dashoffset="1"/>\
            <rect x="2" y="2" width="20" height="6" rx="2" ry="3" fill="none" stroke="#333" \
            stroke-width=".5" stroke-dasharray="none" stroke-miterlimit="4"/>
            """),
        around(
            "transforms",
            """
            <g transform="translate(12,12) rotate(45)"><g transform="scale(.5, 0.25)skewX(10)">\
            <rect x="-8" y="-8" width="16" height="16" fill="tomato"/></g>\
            <circle r="3" transform="matrix(1 0 0 1 4 4)"/></g>
            """),
        around(
            "opacities",
            """
            <g opacity=".5"><rect width="14" height="14" fill="red"/><rect x="8" y="8" width="14" \
            height="14" fill="blue" fill-opacity="60%"/></g><path stroke-opacity=".2" stroke="green" \
            d="M0 0l24 24" visibility="visible"/><path d="M0 9h24" stroke="red" display="none"/>
            """),
        around(
            "order of paint",
            """
            <circle cx="12" cy="12" r="9" fill="#fc0" stroke="#000" stroke-width="3" \
            paint-order="stroke"/>
            """),
    ]

    private static let painted: [Drawing] = [
        around(
            "gradients",
            """
            <defs><linearGradient id="a"><stop offset="0" stop-color="#f00"/><stop offset="100%" \
            stop-color="#00f" stop-opacity=".5"/></linearGradient><linearGradient id="b" href="#a" \
            x1="0" y1="0" x2="0" y2="1" spreadMethod="reflect"/><radialGradient id="c" xlink:href="#a" \
            cx="12" cy="12" r="10" fx="8" fy="8" gradientUnits="userSpaceOnUse" \
            gradientTransform="scale(1 .8)"/></defs><rect width="24" height="8" fill="url(#b)"/>\
            <circle cx="12" cy="15" r="8" fill="url('#c')" stroke="url(#a) red"/>
            """),
        around(
            "clipped and masked",
            """
            <clipPath id="clip" clipPathUnits="userSpaceOnUse"><circle cx="12" cy="12" r="10"/></clipPath>\
            <mask id="mask" maskUnits="userSpaceOnUse" x="0" y="0" width="24" height="24">\
            <rect width="24" height="12" fill="white"/></mask><g clip-path="url(#clip)"><rect width="24" \
            height="24" fill="navy" mask="url(#mask)"/></g>
            """),
        around(
            "style attributes",
            """
            <path fill="red" style="fill:#0a0; stroke : black;stroke-width:2px !important;opacity:.8" \
            d="M3 3h12v12H3z"/><g style="font-family:sans-serif;enable-background:new 0 0 24 24"/>
            """),
        around("server of nobody", ##"<path fill="url(#nobody) blue" d="M1 1h22v9H1z"/>"##),
        around(
            "server of nobody, nothing else", ##"<path fill="url(#nobody)" d="M1 1h22v9H1z"/>"##),
        around("missing mask", ##"<path mask="url(#nobody)" fill="red" d="M1 1h22v9H1z"/>"##),
    ]

    private static let reused: [Drawing] = [
        around(
            "symbols",
            """
            <symbol id="s" viewBox="0 0 10 10" preserveAspectRatio="xMinYMin meet"><circle cx="5" cy="5" \
            r="5"/></symbol><use href="#s" x="1" y="1" width="9" height="9" fill="red"/>\
            <use xlink:href="#s" x="12" y="12" width="9" height="9" fill="blue"/>
            """),
        around(
            "drawing in a drawing",
            """
            <svg x="12" y="0" width="12" height="12" viewBox="0 0 4 4" overflow="hidden"><circle r="3" \
            fill="purple"/></svg>
            """),
        around(
            "odd names",
            """
            <defs><path id="Ebene 1/ä" d="M14 14h8v8h-8z"/><path id="1" d="M0 0h3v3"/>\
            <path id="Ebene_1__" d="M0 20h3v3"/></defs><use href="#Ebene 1/ä"/><use href="#1"/>\
            <use href="#Ebene_1__"/>
            """),
        Drawing(
            "a prefix for everything",
            """
            <?xml version="1.0" encoding="ISO-8859-1" standalone="no"?>
            <!-- made by a program -->
            <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
            <s:svg xmlns:s="http://www.w3.org/2000/svg" width="24" height="24"><s:g><s:rect x="3" y="3" \
            width="9" height="9"/></s:g></s:svg>
            """),
        Drawing(
            "what editors leave behind",
            """
            <svg xmlns="http://www.w3.org/2000/svg" xmlns:i="urn:editor" width="10mm" height="10mm" \
            i:version="1.3" version="1.1" xml:space="preserve"><metadata><i:rdf>x</i:rdf></metadata>\
            <i:view zoom="2"/><g i:label="Layer 1"><path d="M5 5h20v20H5z" i:kept="1"/></g></svg>
            """),
    ]

    private static let written: [Drawing] = [
        around(
            "text",
            """
            <title>A &amp; B &lt;c&gt;</title><desc>“Ünïcode” 😀</desc><text x="1" y="10" font-size="8" \
            font-family="DejaVu Sans, sans-serif" font-weight="700" text-anchor="start">a<tspan dx="1" \
            dy="2" fill="red">b &amp; c</tspan></text>
            """),
        around(
            "label", root: #"role="img" aria-label="Rock &amp; roll""#, #"<path d="M2 2h9v9"/>"#),
        Drawing(
            "no size at all",
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="-12,-12 24 24"><circle r="9"/></svg>
            """),
        Drawing(
            "half a size",
            #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 12" width="48px"><circle r="9"/></svg>"#
        ),
    ]
}

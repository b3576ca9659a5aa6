// Names and ways of writing, each with each: what nobody would write by hand.

extension Drawing {
    static let generated: [Drawing] = handled + foreign + addressed

    /// Every handler that browsers know, on every element that drawings may have.
    private static let handled = [
        "svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line",
        "polyline",
        "polygon", "text", "tspan", "title", "desc", "clipPath", "mask", "linearGradient",
        "radialGradient", "stop",
    ].map { tag in
        let attributes = handlerNames.map { "on\($0)=\"hit()\"" }.joined(separator: " ")
        return around("every handler of \(tag)", "<\(tag) \(attributes)/>")
    }

    private static let handlerNames = [
        "abort", "activate", "afterprint", "animationend", "animationstart", "auxclick",
        "beforecopy",
        "beforeinput", "beforeprint", "beforetoggle", "begin", "blur", "cancel", "canplay",
        "change",
        "click", "close", "contextmenu", "copy", "cut", "dblclick", "drag", "dragend", "dragenter",
        "dragover", "dragstart", "drop", "end", "error", "focus", "focusin", "focusout", "formdata",
        "gotpointercapture", "hashchange", "input", "invalid", "keydown", "keypress", "keyup",
        "load",
        "loadstart", "message", "mousedown", "mouseenter", "mouseleave", "mousemove", "mouseout",
        "mouseover", "mouseup", "offline", "online", "pagehide", "pageshow", "paste", "pointerdown",
        "pointerenter", "pointermove", "pointerover", "pointerup", "popstate", "progress", "repeat",
        "reset", "resize", "scroll", "scrollend", "select", "selectstart", "storage", "submit",
        "toggle", "touchend", "touchmove", "touchstart", "transitionend", "unload", "wheel", "zoom",
    ]

    /// Every element that SVG has and drawings here do not, with what could be in it.
    private static let foreign = [
        "a", "altGlyph", "animate", "animateColor", "animateMotion", "animateTransform", "audio",
        "canvas", "color-profile", "cursor", "discard", "embed", "feBlend", "feColorMatrix",
        "feDropShadow", "feFlood", "feImage", "feTurbulence", "filter", "font", "font-face",
        "font-face-uri", "foreignObject", "glyph", "handler", "hatch", "iframe", "image", "marker",
        "mesh", "metadata", "missing-glyph", "mpath", "object", "pattern", "script", "set",
        "solidcolor", "style", "switch", "textPath", "tref", "unknown", "video", "view",
    ].map { tag in
        around(
            "element \(tag)",
            """
            <\(tag) href="https://elsewhere.example/\(tag)" src="https://elsewhere.example/\(tag)" \
            width="9" height="9" onload="hit()">hit()<path d="M0 0h9v9" onclick="hit()"/></\(tag)>
            """)
    }

    /// Every attribute that takes an address, with every address that is none of this drawing.
    private static let addressed = addresses.enumerated().map { number, address in
        let names = [
            "fill", "stroke", "clip-path", "mask", "filter", "marker", "marker-start", "marker-mid",
            "marker-end", "cursor", "color", "font-family", "background", "d", "points",
            "transform",
        ]
        let servers = names.map { "\($0)=\"url(\(address))\"" }.joined(separator: " ")
        let style = names.map { "\($0):url(\(address))" }.joined(separator: ";")
        return around(
            "address \(number + 1)",
            """
            <path \(servers)/><path style="\(style)" d="M0 0h9v9"/><use href="\(address)"/>\
            <use xlink:href="\(address)"/><linearGradient xlink:href="\(address)"/>
            """)
    }

    private static let addresses = [
        "https://elsewhere.example/a#a", "//elsewhere.example/a#a", "/a#a", "a.svg#a", "?a#a",
        "HTTPS://elsewhere.example/a#a", " https://elsewhere.example/a#a ",
        "&#104;ttps://elsewhere.example/a#a", "h&#9;ttps://elsewhere.example/a#a",
        #"\68ttps://elsewhere.example/a#a"#, "javascript:hit()", "JaVaScRiPt:hit()",
        "java&#10;script:hit()", "&#1234;javascript:hit()", "data:image/svg+xml,&lt;svg/&gt;#a",
        "data:text/html,&lt;script&gt;hit()&lt;/script&gt;", "vbscript:hit()", "file:///etc/passwd",
        "blob:https://elsewhere.example/a", "'https://elsewhere.example/a#a'",
        "&quot;https://elsewhere.example/a#a&quot;", "#a) url(https://elsewhere.example/a",
        "#a);background:url(https://elsewhere.example/a", "#a&#41;&#59;url&#40;x:y",
    ]
}

import SVG

extension Drawing {
    /// Documents that are refused as a whole, and why.
    package static let refused: [(drawing: Drawing, problem: SVGProblem)] =
        declarations + broken + heavy

    private static let declarations: [(drawing: Drawing, problem: SVGProblem)] = [
        declaring("entity", #"<!ENTITY a "b">"#, "<text>&a;</text>"),
        declaring(
            "billion laughs",
            (1...9).reduce(#"<!ENTITY a0 "lol">"#) { text, number in
                let more = String(repeating: "&a\(number - 1);", count: 10)
                return text + "<!ENTITY a\(number) \"\(more)\">"
            }, "<text>&a9;</text>"),
        declaring(
            "quadratic laughs", "<!ENTITY a \"\(String(repeating: "a", count: 5000))\">",
            "<text>\(String(repeating: "&a;", count: 5000))</text>"),
        declaring("file", #"<!ENTITY a SYSTEM "file:///etc/passwd">"#, "<text>&a;</text>"),
        declaring(
            "entity of elsewhere", #"<!ENTITY a SYSTEM "https://elsewhere.example/a">"#,
            "<text>&a;</text>"),
        declaring(
            "parameter entity", #"<!ENTITY % a SYSTEM "https://elsewhere.example/a">%a;"#, ""),
        declaring("entity in a value", #"<!ENTITY a "hit()">"#, #"<g aria-label="&a;"/>"#),
        declaring("attribute by default", #"<!ATTLIST svg onload CDATA "hit()">"#, ""),
        declaring("element", "<!ELEMENT svg ANY>", ""),
        declaring("notation", #"<!NOTATION a SYSTEM "file:///a">"#, ""),
        (Drawing.around("entity of nobody", "<text>&a;</text>"), .declares),
        (
            Drawing(
                "entity of a document type elsewhere",
                """
                <!DOCTYPE svg SYSTEM "https://elsewhere.example/svg.dtd">
                \(Drawing.around("", "<text>&a;</text>").text)
                """), .declares
        ),
    ]

    private static func declaring(
        _ name: String, _ declarations: String, _ inner: String
    ) -> (drawing: Drawing, problem: SVGProblem) {
        let text = "<!DOCTYPE svg [\(declarations)]>\(Drawing.around("", inner).text)"
        return (Drawing(name, text), .declares)
    }

    private static let broken: [(drawing: Drawing, problem: SVGProblem)] = [
        (Drawing("nothing", ""), .notXML), (Drawing("spaces", " \n\t"), .notXML),
        (Drawing("words", "a gear, in blue"), .notXML),
        (Drawing("half", #"<svg xmlns="http://www.w3.org/2000/svg"><rect"#), .notXML),
        (Drawing("wrong nesting", "<svg><g><rect></g></rect></svg>"), .notXML),
        (Drawing("two roots", "<svg><rect/></svg><svg/>"), .notXML),
        (Drawing("two values", #"<svg><rect x="1" x="2"/></svg>"#), .notXML),
        (Drawing("values without quotes", "<svg><rect width=4/></svg>"), .notXML),
        (Drawing("NUL", "<svg><rect/>\0</svg>"), .notXML),
        (Drawing("a control character", "<svg><rect/><text>\u{1}</text></svg>"), .notXML),
        (Drawing("a page", "<html><body><svg><rect/></svg></body></html>"), .notSVG),
        (Drawing("capitals", "<SVG><rect/></SVG>"), .notSVG),
        (Drawing("a namesake", #"<svg xmlns="urn:other"><rect/></svg>"#), .notSVG),
        (Drawing("no shape", #"<svg xmlns="http://www.w3.org/2000/svg"/>"#), .empty),
        (Drawing("only a script", "<svg><script>hit()</script></svg>"), .empty),
        (Drawing("only definitions", "<svg><defs><rect/></defs></svg>"), .empty),
    ]

    private static let heavy: [(drawing: Drawing, problem: SVGProblem)] = [
        (
            around("so many bytes", "<title>\(String(repeating: "a", count: 70_000))</title>"),
            .tooLong(max: 65_536)
        ),
        (
            around(
                "more bytes when written", "<text>\(String(repeating: ">", count: 60_000))</text>"),
            .tooLong(max: 65_536)
        ),
        (around("so many elements", String(repeating: "<g/>", count: 2000)), .tooMany(max: 2000)),
        (
            around(
                "so deep",
                String(repeating: "<g>", count: 200) + String(repeating: "</g>", count: 200)),
            .tooDeep(max: 32)
        ),
        (
            around(
                "so deep in something unknown",
                String(repeating: "<x>", count: 200) + String(repeating: "</x>", count: 200)),
            .tooDeep(max: 32)
        ),
        (around("uses of uses", uses(9, by: 10)), .tooMuchToDraw(max: 10_000)),
        (around("masks of masks", masks(9, by: 10)), .tooMuchToDraw(max: 10_000)),
        (
            around("uses of a long path", longUses), .tooMuchToDraw(max: 10_000)
        ),
        (
            around("use of itself", ##"<g id="a"><use href="#a"/></g>"##),
            .tooMuchToDraw(max: 10_000)
        ),
        (
            around(
                "use of each other",
                ##"<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>"##),
            .tooMuchToDraw(max: 10_000)
        ),
        (
            around("mask of itself", ##"<mask id="a" mask="url(#a)"><path d="M0 0h9"/></mask>"##),
            .tooMuchToDraw(max: 10_000)
        ),
        (around("long chain", chain(500)), .tooMuchToDraw(max: 10_000)),
    ]

    private static func uses(_ levels: Int, by count: Int) -> String {
        (1...levels).reduce(#"<g id="a0"><path d="M0 0h9"/></g>"#) { text, level in
            let uses = String(repeating: "<use href=\"#a\(level - 1)\"/>", count: count)
            return text + "<g id=\"a\(level)\">\(uses)</g>"
        }
    }

    private static func masks(_ levels: Int, by count: Int) -> String {
        (1...levels).reduce(#"<mask id="a0"><path d="M0 0h9"/></mask>"#) { text, level in
            let masked = String(
                repeating: "<path mask=\"url(#a\(level - 1))\" d=\"M0 0h9\"/>", count: count)
            return text + "<mask id=\"a\(level)\">\(masked)</mask>"
        }
    }

    private static let longUses =
        "<path id=\"a\" d=\"M0 0\(String(repeating: "h1v1", count: 5000))\"/>"
        + String(repeating: ##"<use href="#a"/>"##, count: 1000)

    private static func chain(_ length: Int) -> String {
        (1...length).reduce(#"<linearGradient id="a0"/>"#) { text, number in
            text + "<linearGradient id=\"a\(number)\" href=\"#a\(number - 1)\"/>"
        } + "<path fill=\"url(#a\(length))\" d=\"M0 0h9\"/>"
    }
}

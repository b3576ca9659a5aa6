import SVGTesting
import Testing

@testable import SVG

/// Single rules of what is kept, and how it is written.
struct SVGRuleTests {
    /// What becomes of the elements in a drawing of 24 by 24.
    private func inner(_ elements: String, scope: String = "") throws -> String {
        let head = #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">"#
        let text = try SafeSVG(head + elements + "<path/></svg>", scope: scope).text
        return String(text.dropFirst(head.count).dropLast("<path/></svg>".count))
    }

    private func head(_ attributes: String) throws -> String {
        let text = try SafeSVG("<svg \(attributes)><path/></svg>", scope: "").text
        return String(
            text.prefix { $0 != ">" }.dropFirst("<svg xmlns=\"http://www.w3.org/2000/svg\" ".count))
    }

    @Test func `the text has one form`() throws {
        let text = """
            \u{feff}
            <?xml version="1.0"?>
            <svg   viewBox = '0 0  24 24'>
              <!-- a remark -->
              <path d="M0 0
                h9" fill='#fff'></path>
            </svg>
            """
        #expect(
            try SafeSVG(text, scope: "").text
                == ##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M0 0 h9" fill="#fff"/></svg>"##
        )
    }

    @Test(arguments: [
        (#"width="48" height="32""#, #"width="48" height="32" viewBox="0 0 48 32""#),
        (#"width="1in" height="48px""#, #"width="1in" height="48px" viewBox="0 0 96 48""#),
        (#"width="100%""#, #"width="100%" viewBox="0 0 24 24""#), ("", #"viewBox="0 0 24 24""#),
        (#"viewBox="0 0 0 9""#, #"viewBox="0 0 24 24""#),
        (#"viewBox="0 0 1e999 9""#, #"viewBox="0 0 24 24""#),
        (#"viewBox="a""#, #"viewBox="0 0 24 24""#),
        (#"viewBox="-1,-1,2.5,2""#, #"viewBox="-1,-1,2.5,2""#),
        (#"viewBox="0 0 9 9" width="99999" height="-1""#, #"viewBox="0 0 9 9""#),
        (
            #"viewBox="0 0 9 9" x="5" y="5" transform="scale(2)" overflow="visible""#,
            #"viewBox="0 0 9 9""#
        ),
    ])
    func `a drawing has a box`(_ given: String, _ wanted: String) throws {
        #expect(try head(given) == wanted)
    }

    @Test(arguments: [
        ("fill:red", #"fill="red""#), ("FILL : #ABC ;;", ##"fill="#ABC""##),
        ("fill:red!important;fill:blue", #"fill="blue""#), ("fill:red;fill:url(x)", #"fill="red""#),
        ("stroke-width:2px;opacity:.5", #"stroke-width="2px" opacity=".5""#),
        ("transform:rotate(9deg)", ""), ("d:path('M0')", ""), ("cursor:pointer", ""), ("fill", ""),
        ("fill:var(--x)", ""), (#"fill:\72 ed;stroke:red"#, ""), ("fill:red/* */", ""),
    ])
    func `style becomes attributes`(_ style: String, _ wanted: String) throws {
        let attributes = wanted.isEmpty ? "" : " " + wanted
        #expect(try inner("<g style=\"\(style)\"/>") == "<g\(attributes)/>")
    }

    @Test func `style comes before the attribute of the same name`() throws {
        #expect(try inner(#"<g style="fill:red" fill="blue"/>"#) == #"<g fill="red"/>"#)
    }

    @Test(arguments: [
        "none", "currentColor", "#abc", "#aabbcc80", "rgb(1,2,3)", "hsla(120deg 10% 20% / .5)",
        "inherit",
    ])
    func `colours stay`(_ color: String) throws {
        #expect(try inner("<g fill=\"\(color)\"/>") == "<g fill=\"\(color)\"/>")
    }

    @Test(arguments: [
        "#ab", "#abcdefg", "rgb(1,2", "url(a#b)", "url(#a b)", "image(x)", "a b", "red;", "rgb(a)",
        "expression(1)", "attr(x)", "é",
    ])
    func `what is no colour goes`(_ color: String) throws {
        #expect(try inner("<g fill=\"\(color)\"/>") == "<g/>")
    }

    @Test func `names get the scope, and what refers to them follows`() throws {
        let given = """
            <g id="a"/><use href="#a"/><g id="b-s"/><use href="#b-s"/><g id="a" fill="url( #a )"/>\
            <use href="#none"/><g id="9 ä"/><use href="#9 ä"/>
            """
        let wanted = """
            <g id="a-s"/><use href="#a-s"/><g id="b-s"/><use href="#b-s"/><g fill="url(#a-s)"/>\
            <use/><g id="_9__-s"/><use href="#_9__-s"/>
            """
        #expect(try inner(given, scope: "s") == wanted.replacing("url( #a-s )", with: "url(#a-s)"))
        let other = try inner(##"<g id="a"/><g id="a-s"/><use href="#a-s"/>"##, scope: "s")
        #expect(other == ##"<g id="a-s"/><g id="a_2-s"/><use href="#a_2-s"/>"##)
        let odd = try inner(#"<g id="a"/>"#, scope: "<s p>\"")
        #expect(odd == #"<g id="a-sp"/>"#)
    }

    @Test func `a colour takes the place of a server that is not there`() throws {
        #expect(try inner(##"<g fill="url(#no) red"/>"##) == #"<g fill="red"/>"#)
        #expect(try inner(##"<g stroke="url(#no)"/>"##) == #"<g stroke="none"/>"#)
        #expect(try inner(##"<g mask="url(#no)"/>"##) == "<g/>")
    }

    @Test func `text is kept where text is seen, and written so that it is no markup`() throws {
        #expect(try inner("<g>words</g>") == "<g/>")
        #expect(
            try inner("<text>a &lt;b&gt; &amp; &#13; &#x1F600;</text>")
                == "<text>a &lt;b&gt; &amp; \n 😀</text>")
        #expect(
            try inner(#"<g aria-label="&amp;amp; &quot;x&quot; &#38;#38;"/>"#)
                == #"<g aria-label="&amp;amp; &quot;x&quot; &amp;#38;"/>"#)
    }

    @Test func `hrefs of both kinds are read, the new one first`() throws {
        let link = #"xmlns:xlink="http://www.w3.org/1999/xlink""#
        #expect(
            try inner("<g id=\"a\"/><use \(link) xlink:href=\"#a\"/>")
                == ##"<g id="a"/><use href="#a"/>"##)
        #expect(
            try inner(##"<g id="a"/><use xlink:href="#a"/>"##) == ##"<g id="a"/><use href="#a"/>"##)
        let both = "<g id=\"a\"/><g id=\"b\"/><use \(link) href=\"#b\" xlink:href=\"#a\"/>"
        #expect(try inner(both) == ##"<g id="a"/><g id="b"/><use href="#b"/>"##)
    }

    @Test func `an element is where it may be`() throws {
        #expect(try inner("<stop/><tspan>a</tspan><path><g/></path>") == "<path/>")
        #expect(try inner("<title>a<g>b</g>c</title>") == "<title>ac</title>")
    }
}

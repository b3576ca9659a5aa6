extension Drawing {
    /// Hostile documents of which something harmless is left: the `rect` that every one of them has.
    package static let hostile =
        scripts + handlers + foreigners + references + styles + animations + texts + generated

    private static let scripts: [Drawing] = [
        around("script", "<script>hit()</script>"),
        around("script in CDATA", "<script type=\"text/javascript\"><![CDATA[hit()]]></script>"),
        around("script from elsewhere", #"<script href="https://elsewhere.example/a.js"/>"#),
        around(
            "script from elsewhere, old way",
            #"<script xlink:href="https://elsewhere.example/a.js"></script>"#),
        around("script from data", #"<script href="data:text/javascript,hit()"/>"#),
        around(
            "script with a prefix",
            #"<s:script xmlns:s="http://www.w3.org/2000/svg">hit()</s:script>"#),
        around(
            "script of HTML",
            #"<h:script xmlns:h="http://www.w3.org/1999/xhtml">hit()</h:script>"#),
        around("script without a namespace", #"<script xmlns="">hit()</script>"#),
        around("script in capitals", "<SCRIPT>hit()</SCRIPT>"),
        around("script within a shape", #"<path d="M0 0"><script>hit()</script></path>"#),
        around("script within something unknown", "<x><y><script>hit()</script></y></x>"),
        around("handler of SVG Tiny", #"<handler type="text/ecmascript">hit()</handler>"#),
        around(
            "listener of XML Events",
            ##"<listener xmlns="http://www.w3.org/2001/xml-events" event="load" handler="#a"/>"##),
        around("processing instructions", "<?php hit() ?><?xml-stylesheet href=\"x.css\"?>"),
    ]

    private static let handlers: [Drawing] = [
        around("onload of the root", root: #"onload="hit()""#, ""),
        around("onload within", #"<svg onload="hit()"><path d="M1 1h2"/></svg>"#),
        around("onload of a group", #"<g onload="hit()"/>"#),
        around("onclick", #"<path onclick="hit()" d="M0 0h24v24z"/>"#),
        around("onfocus", #"<path tabindex="1" autofocus="" onfocus="hit()" d="M0 0h24v24z"/>"#),
        around("onmouseover in mixed case", #"<path onMouseOver="hit()" d="M0 0h24v24z"/>"#),
        around(
            "handler of another namespace",
            #"<path xmlns:o="urn:o" o:onclick="hit()" d="M0 0h24v24z"/>"#),
        around("handler of an unknown prefix", #"<path o:onclick="hit()" d="M0 0h24v24z"/>"#),
        around(
            "onerror of a picture", #"<image href="x:y" onerror="hit()" width="9" height="9"/>"#),
    ]

    private static let foreigners: [Drawing] = [
        around(
            "foreignObject with a script",
            """
            <foreignObject width="9" height="9"><body xmlns="http://www.w3.org/1999/xhtml">\
            <script>hit()</script></body></foreignObject>
            """),
        around(
            "foreignObject with a frame",
            """
            <foreignObject width="9" height="9"><iframe xmlns="http://www.w3.org/1999/xhtml" \
            src="https://elsewhere.example/frame" srcdoc="&lt;script&gt;parent.hit()&lt;/script&gt;"/>\
            </foreignObject>
            """),
        around(
            "foreignObject in a switch",
            """
            <switch><foreignObject width="9" height="9"><img xmlns="http://www.w3.org/1999/xhtml" \
            src="https://elsewhere.example/a.png" onerror="hit()"/></foreignObject></switch>
            """),
        around(
            "frame of HTML",
            #"<iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:parent.hit()"/>"#),
        around(
            "object and embed",
            """
            <object xmlns="http://www.w3.org/1999/xhtml" data="https://elsewhere.example/o"/>\
            <embed xmlns="http://www.w3.org/1999/xhtml" src="https://elsewhere.example/e"/>
            """),
        around(
            "film and sound", #"<video href="https://elsewhere.example/v"/><audio autoplay=""/>"#),
        around(
            "refresh of HTML",
            """
            <meta xmlns="http://www.w3.org/1999/xhtml" http-equiv="refresh" \
            content="0;url=https://elsewhere.example/"/>
            """),
        around(
            "base of HTML",
            #"<base xmlns="http://www.w3.org/1999/xhtml" href="https://elsewhere.example/"/>"#),
        around(
            "form of HTML",
            """
            <form xmlns="http://www.w3.org/1999/xhtml" action="https://elsewhere.example/">\
            <input autofocus="" onfocus="hit()"/></form>
            """),
        around(
            "inclusion",
            #"<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>"#),
        around(
            "MathML", #"<math xmlns="http://www.w3.org/1998/Math/MathML" href="javascript:hit()"/>"#
        ),
    ]

    private static let references: [Drawing] = [
        around("picture", #"<image href="https://elsewhere.example/a.png" width="9" height="9"/>"#),
        around(
            "picture, old way",
            #"<image xlink:href="https://elsewhere.example/a.png" width="9" height="9"/>"#),
        around(
            "picture of data",
            """
            <image width="9" height="9" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' \
            onload='hit()'/%3E"/>
            """),
        around("use of elsewhere", ##"<use href="https://elsewhere.example/a.svg#a"/>"##),
        around("use of a path", ##"<use href="/a.svg#a"/>"##),
        around(
            "use of data",
            """
            <use href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' id='a' \
            onload='hit()'/%3E#a"/>
            """),
        around(
            "two addresses", ##"<use xlink:href="#kept" href="https://elsewhere.example/a#a"/>"##),
        around("link that runs", #"<a href="javascript:hit()"><path d="M0 0h24v24z"/></a>"#),
        around(
            "link that runs, with a tab",
            #"<a xlink:href="java&#9;script:hit()"><path d="M0 0h24v24z"/></a>"#),
        around("use that runs", #"<use href="javascript:hit()"/>"#),
        around(
            "gradient of elsewhere", ##"<linearGradient href="https://elsewhere.example/a#a"/>"##),
        around(
            "fill of elsewhere", ##"<path fill="url(https://elsewhere.example/f#a)" d="M0 0h9"/>"##),
        around(
            "fill without a scheme", ##"<path fill="url(//elsewhere.example/f#a)" d="M0 0h9v9"/>"##),
        around(
            "fill in quotes", ##"<path fill="url('https://elsewhere.example/f#a')" d="M0 0h9"/>"##),
        around(
            "fill with a second address",
            ##"<path fill="url(#kept) url(https://elsewhere.example/f)" d="M0 0h9v9"/>"##),
        around("fill of data", #"<path fill="url(data:image/svg+xml;base64,AAAA)" d="M0 0h9v9"/>"#),
        around(
            "mask of elsewhere", ##"<path mask="url(https://elsewhere.example/m#a)" d="M0 0h9"/>"##),
        around(
            "clip path of elsewhere",
            ##"<path clip-path="url(https://elsewhere.example/c#a)" d="M0 0h9v9"/>"##),
        around(
            "filter of elsewhere",
            ##"<path filter="url(https://elsewhere.example/f#a)" d="M0 0h9v9"/>"##),
        around(
            "marker of elsewhere",
            ##"<path marker-end="url(https://elsewhere.example/m#a)" d="M0 0h9v9"/>"##),
        around("cursor", #"<path cursor="url(https://elsewhere.example/c.png)" d="M0 0h9v9"/>"#),
        around(
            "picture in a filter",
            """
            <filter id="f"><feImage href="https://elsewhere.example/a.png"/></filter>\
            <path filter="url(#f)" d="M0 0h9v9"/>
            """),
        around(
            "picture in a pattern",
            """
            <pattern id="p" width="9" height="9"><image href="https://elsewhere.example/a.png" width="9" \
            height="9"/></pattern><path fill="url(#p)" d="M0 0h9v9"/>
            """),
        around(
            "base of XML", root: #"xml:base="https://elsewhere.example/""#, ##"<use href="#a"/>"##),
        around(
            "font of elsewhere",
            """
            <font-face font-family="F"><font-face-src><font-face-uri \
            href="https://elsewhere.example/f#a"/></font-face-src></font-face>
            """),
        around(
            "text of elsewhere", ##"<text><tref href="https://elsewhere.example/a#a"/></text>"##),
        around(
            "text along a path of elsewhere",
            ##"<text><textPath href="https://elsewhere.example/a#a">a</textPath></text>"##),
    ]

    private static let styles: [Drawing] = [
        around("style sheet", "<style>@import url(https://elsewhere.example/a.css);</style>"),
        around(
            "style sheet of the page",
            "<style>*{background:url(https://elsewhere.example/a.png)}</style>"),
        around(
            "style sheet of HTML",
            """
            <link xmlns="http://www.w3.org/1999/xhtml" rel="stylesheet" \
            href="https://elsewhere.example/a.css"/>
            """),
        around("style in capitals", "<STYLE>*{fill:red}</STYLE>"),
        Drawing(
            "style sheet of the document",
            """
            <?xml-stylesheet type="text/css" href="https://elsewhere.example/a.css"?>
            \(around("", "").text)
            """),
        around(
            "style with an address",
            #"<path style="fill:url(https://elsewhere.example/a.png)" d="M0 0h9v9"/>"#),
        around(
            "style with a background",
            #"<path style="background-image:url(https://elsewhere.example/b)" d="M0 0h9v9"/>"#),
        around(
            "style with an escape",
            #"<path style="fill:u\72l(https://elsewhere.example/a.png#a)" d="M0 0h9v9"/>"#),
        around(
            "style with a comment",
            #"<path style="fill:ur/**/l(https://elsewhere.example/a.png#a)" d="M0 0h9v9"/>"#),
        around(
            "style with an expression", #"<path style="width:expression(hit())" d="M0 0h9v9"/>"#),
        around(
            "style with a variable",
            #"<path style="--a:url(https://elsewhere.example/v)" d="M0 0"/>"#),
        around(
            "style that lies over the page",
            root: #"style="position:fixed;left:0;top:0;width:100vw;height:100vh;z-index:9""#, ""),
        around(
            "root that lies over the page",
            root: #"overflow="visible" width="99999" height="99999" transform="scale(99)""#, ""),
        around("class of the page", #"<path class="button danger" d="M0 0h9v9"/>"#),
    ]

    private static let animations: [Drawing] = [
        around(
            "animation to an address that runs",
            """
            <a><animate attributeName="href" values="javascript:hit()" begin="0s" dur="9s"/>\
            <path d="M0 0h24v24z"/></a>
            """),
        around(
            "set of a handler",
            #"<path d="M0 0h24v24z"><set attributeName="onmouseover" to="hit()"/></path>"#),
        around(
            "handler of an animation",
            #"<path d="M0 0"><animate onbegin="hit()" attributeName="x" dur="1s"/></path>"#),
        around(
            "transformation over time",
            """
            <g><animateTransform onend="hit()" attributeName="transform" type="rotate" dur="1ms"/>\
            <animateMotion path="M0 0h9" dur="1s"/><discard begin="0s"/></g>
            """),
        around(
            "animation to elsewhere",
            """
            <image width="9" height="9"><set attributeName="href" \
            to="https://elsewhere.example/a.png"/></image>
            """),
    ]

    private static let texts: [Drawing] = [
        around("markup in a title", "<title>&lt;script&gt;hit()&lt;/script&gt;</title>"),
        around("markup in a description", "<desc><![CDATA[<img src=x:y onerror=hit()>]]></desc>"),
        around("end of a title", "<title>&lt;/title&gt;&lt;img src=x:y onerror=hit()&gt;</title>"),
        around("end of a text", "<text>]]&gt;&lt;/svg&gt;&lt;img src=x:y onerror=hit()&gt;</text>"),
        around(
            "end of a value",
            #"<path aria-label="&quot;&gt;&lt;img src=x:y onerror=hit()&gt;" d="M0 0h9v9"/>"#),
        around(
            "end of an id",
            #"<path id="&quot;&gt;&lt;img src=x:y onerror=hit()&gt;" d="M0 0h9v9"/>"#),
        around(
            "end of a reference",
            ##"<use href="#&quot;&gt;&lt;img src=x:y onerror=hit()&gt;"/>"##),
        around("comment of HTML", "<!--><img src=x:y onerror=hit()>- -><svg onload=hit()>-->"),
        around("elements in a title", "<title><script>hit()</script><a href=\"x\">b</a></title>"),
        around("names of the document", #"<g id="body"/><g id="cookie"/><g id="getElementById"/>"#),
        Drawing(
            "a document type of elsewhere",
            """
            <?xml version="1.0"?><!DOCTYPE svg SYSTEM "https://elsewhere.example/svg.dtd">
            \(around("", "").text)
            """),
    ]
}

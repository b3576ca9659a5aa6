import AtriumTesting
import DatabaseTesting
import HTTP
import Server
import Testing

@testable import Console

private let policy =
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

@Suite struct PageTests {
    // S0-12
    @Test func `S0-12: the API's reference is a page of our own`() async throws {
        try await withServer(on: .sqlite) { client in
            let page = await client.get("/docs")
            #expect(page.status == 200)
            #expect(page[.contentType] == "text/html; charset=utf-8")
            #expect(page["content-security-policy"] == policy)
            #expect(page[.cacheControl] == "no-cache")
            let names = page.text.addresses
            #expect(names.count > 20)
            for name in names where name.hasPrefix("/assets/") {
                #expect(await client.get(name).status == 200, "\(name)")
            }
            #expect(names.allSatisfy { $0.hasPrefix("/") || $0.hasPrefix("#") })
        }
    }

    @Test func `S4-13: the page of live events is our own, and loads the client's module`()
        async throws
    {
        try await withServer(on: .sqlite) { client in
            let page = await client.get("/docs/realtime")
            #expect(page.status == 200)
            #expect(page["content-security-policy"] == policy)
            let names = page.text.addresses
            #expect(names.contains { $0.hasSuffix("/realtime/client.js") })
            for name in names where name.hasPrefix("/assets/") {
                #expect(await client.get(name).status == 200, "\(name)")
            }
        }
    }

    @Test func `the page at the root says what runs here and shows a first request`() async throws {
        let address = try BaseURL("https://a.example")
        try await withServer(on: .sqlite, .set(\.baseURL, address), .set(\.surfaces, [.v1])) {
            client in
            let page = await client.get("/")
            #expect(page.status == 200)
            #expect(page[.contentType] == "text/html; charset=utf-8")
            #expect(page["content-security-policy"] == policy)
            #expect(page.text.contains("version \(Version.number)"))
            #expect(page.text.contains("curl https://a.example/api/v1/auth/register"))
            #expect(page.text.contains(#"href="/docs#surface/v1""#))
            #expect(!page.text.contains("surface/compat"))
            #expect(!page.text.contains("{{"))
            for name in page.text.addresses where name != "/metrics" && !name.hasPrefix("#") {
                let path = String(name.prefix { $0 != "#" })
                #expect(await client.get(path).status == 200, "\(name)")
            }
        }
    }

    @Test func `text in a page is no markup`() {
        let surface = LandingPage.Surface(
            name: "\"", title: "<i>", address: "&", purpose: "</li>")
        let page = LandingPage(
            LandingPage.Facts(version: "<1>", baseURL: "http://<b>&\"", surfaces: [surface]),
            Assets()
        ).page
        let text = page.flatMap(\.text) ?? ""
        #expect(text.contains("http://&lt;b&gt;&amp;&quot;/api/v1"))
        #expect(text.contains("&lt;1&gt;"))
        #expect(text.contains("#surface/&quot;"))
        #expect(text.contains("&lt;/li&gt;"))
    }

    @Test(arguments: ["/", "/docs"])
    func `a page that is known already is not sent again`(path: String) async throws {
        try await withServer(on: .sqlite) { client in
            let tag = try #require(await client.get(path)[.etag])
            let again = await client.get(path, [.ifNoneMatch: tag])
            #expect(again.status == 304)
            #expect(again.bytes.isEmpty)
            #expect(again["content-security-policy"] == policy)
            #expect(await client.get(path, [.ifNoneMatch: "\"other\""]).status == 200)
        }
    }

    @Test func `pages and assets answer HEAD and no other method`() async throws {
        try await withServer(on: .sqlite) { client in
            for path in ["/", "/docs", "/assets/any/base/atrium.css"] {
                #expect(await client.send(.head, path).status == 200)
                #expect(await client.send(.post, path).status == 405)
            }
        }
    }

    @Test func `no page has a script or a style within it`() throws {
        let pages = EmbeddedAssets.all.filter { "\($0.name)".hasSuffix(".html") }
        #expect(pages.count == 9)
        for page in pages {
            let text = try #require(Assets().find("\(page.name)")?.text)
            #expect(!text.contains("<style"))
            #expect(!text.contains("style="))
            #expect(!text.contains("onclick"))
            for script in text.split(separator: "<script").dropFirst() {
                #expect(script.prefix { $0 != ">" }.contains("src="))
                #expect(script.drop { $0 != ">" }.hasPrefix("></script>"))
            }
        }
    }
}

extension Representation {
    var text: String? {
        if case .bytes(let bytes) = content { String(decoding: bytes, as: UTF8.self) } else { nil }
    }
}

extension String {
    /// What the page links to and loads.
    fileprivate var addresses: [String] {
        ["href=\"", "src=\""].flatMap { attribute in
            components(separatedBy: attribute).dropFirst().map { rest in
                String(rest.prefix { $0 != "\"" })
            }
        }
    }

    private func components(separatedBy separator: String) -> [Substring] {
        var parts: [Substring] = []
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            parts.append(rest[..<range.lowerBound])
            rest = rest[range.upperBound...]
        }
        return parts + [rest]
    }
}

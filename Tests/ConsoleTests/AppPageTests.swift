import AtriumTesting
import DatabaseTesting
import HTTP
import Server
import Testing
import Values

@testable import Console

private let policy =
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    + "img-src 'self' blob: data:; media-src 'self' blob:"

/// Where the pages of apps are.
@Suite struct AppPageTests {
    private static var icons: SettingsChange { .set(\.apps, [.icons]) }

    private static func inProduction() throws -> SettingsChange {
        let key = try EncryptionKey("1:" + String(repeating: "A", count: 43) + "=")
        return SettingsChange { settings in
            settings.environment = .prod
            settings.secrets.encryption = [key]
        }
    }

    @Test func `without apps there is no sign of any`() async throws {
        try await withServer(on: .sqlite) { client in
            let page = await client.get("/")
            #expect(!page.text.contains("/icons/"))
            #expect(!page.text.contains("{{"))
            for path in ["/icons/", "/icons", "/api/icons"] {
                #expect(await client.get(path).status == 404, "\(path)")
            }
        }
    }

    @Test func `the landing page leads to each app, and its page is there`() async throws {
        try await withServer(on: .sqlite, Self.icons) { client in
            let landing = await client.get("/")
            #expect(landing.text.contains(#"<a href="/icons/">Icons</a>"#))
            #expect(landing.text.contains(#"<a href="/icons/"><strong>Icons</strong>"#))
            let page = await client.get("/icons/")
            #expect(page.status == 200)
            #expect(page[.contentType] == "text/html; charset=utf-8")
            #expect(page["content-security-policy"] == policy)
            #expect(page[.cacheControl] == "no-cache")
            let found = await client.get("/icons")
            #expect(found.status == 302)
            #expect(found[.location] == "/icons/")
        }
    }

    @Test func `a page for one of many things is the same for each`() async throws {
        try await withServer(on: .sqlite, .set(\.apps, [.icons, .studio])) { client in
            let landing = await client.get("/")
            for name in ["Icons", "Studio"] {
                let path = "/\(name.lowercased())/"
                #expect(landing.text.contains("<a href=\"\(path)\"><strong>\(name)</strong>"))
            }
            let page = await client.get("/studio/overlay/0199c82c-c000-7000-8000-000000000001")
            #expect(page.status == 200)
            #expect(page["content-security-policy"] == policy)
            #expect(page.text == (await client.get("/studio/overlay/%22x")).text)
            #expect(page.text != (await client.get("/studio/")).text)
            // The lasting link's, which names none in its path.
            #expect(page.text == (await client.get("/studio/overlay/")).text)
            for path in ["/studio/overlay", "/studio/overlay/a/b", "/icons/overlay/a"] {
                #expect(await client.get(path).status == 404, "\(path)")
            }
        }
    }

    @Test func `in production an app that is alone is at the root`() async throws {
        try await withServer(on: .sqlite, Self.icons, Self.inProduction()) { client in
            let (root, page) = (await client.get("/"), await client.get("/icons/"))
            #expect(root.status == 200)
            #expect(root.text == page.text)
            #expect(root["content-security-policy"] == policy)
        }
        try await withServer(on: .sqlite, Self.inProduction()) { client in
            #expect(await client.get("/").text.contains("A first request"))
        }
    }

    @Test func `what an app says of itself is no markup`() {
        let page = AppPage(name: "a", title: "<b>", purpose: "\"&")
        #expect(page.item.contains("<strong>&lt;b&gt;</strong>"))
        #expect(page.item.contains("<span>&quot;&amp;</span>"))
        #expect(AppPage.links([page]).contains("&lt;b&gt;"))
        #expect(AppPage.section([]).isEmpty)
    }
}

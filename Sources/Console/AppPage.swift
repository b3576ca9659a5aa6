import API
import HTTP

/// An app's place among the pages: where its page is, and what the landing page says of it.
package struct AppPage: Sendable {
    /// As settings name it. Its page is `Assets/NAME/index.html`, served at `/NAME/`.
    package var name: String
    package var title: String
    package var purpose: String
    /// Pages beside that one.
    package var leaves: [AppLeaf]

    package init(name: String, title: String, purpose: String, leaves: [AppLeaf] = []) {
        (self.name, self.title, self.purpose) = (name, title, purpose)
        self.leaves = leaves
    }

    var path: String { "/\(name)/" }

    func page(of assets: Assets) -> Representation? { assets.find("\(name)/index.html") }

    /// The page, and the way to it for who leaves the slash out.
    @Routes func routes(_ assets: Assets) -> [Route] {
        Operation(
            "read\(title)Page", .get, path, "The page of the app \(title).",
            failures: [.notFound], options: .page
        ) { (_: NoInput, call) in
            try Served(app: page(of: assets), to: call.request)
        }
        Operation(
            "find\(title)Page", .get, "/\(name)", "The way to the page of \(title).",
            options: .page
        ) { (_: NoInput, _) in
            Redirect(to: path)
        }
        for leaf in leaves { leaf.routes(of: self, assets) }
    }

    /// For the landing page.
    var item: String {
        """
        <li><a href="\(path)"><strong>\(escaped(title))</strong> <code>\(path)</code></a> \
        <span>\(escaped(purpose))</span></li>
        """
    }

    /// All apps as a part of the landing page; nothing where there are none.
    static func section(_ apps: [AppPage]) -> String {
        guard !apps.isEmpty else { return "" }
        return """
            <section aria-labelledby="apps">
            <h2 id="apps">Apps</h2>
            <ul class="cards">
            \(apps.map(\.item).joined(separator: "\n"))
            </ul>
            </section>
            """
    }

    /// The same as links of the landing page's bar.
    static func links(_ apps: [AppPage]) -> String {
        apps.map { "<a href=\"\($0.path)\">\(escaped($0.title))</a> " }.joined()
    }
}

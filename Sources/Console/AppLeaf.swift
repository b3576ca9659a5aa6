import API

/// A page of an app for one of many things: `Assets/APP/NAME.html`, served at `/APP/NAME/KEY`.
///
/// The page is the same for each; its script reads the key from the address, and asks for what it may
/// see.
package struct AppLeaf: Sendable {
    package var name: String
    package var title: String

    package init(name: String, title: String) {
        (self.name, self.title) = (name, title)
    }

    func route(of app: AppPage, _ assets: Assets) -> Operation<LeafAddress, Served> {
        Operation(
            "read\(app.title)\(title)Page", .get, "\(app.path)\(name)/:key",
            "\(title): a page of \(app.title).", failures: [.notFound], options: .page
        ) { _, call in
            try Served(app: assets.find("\(app.name)/\(name).html"), to: call.request)
        }
    }
}

/// Which of them.
struct LeafAddress: Codable, Sendable {
    var key: String
}

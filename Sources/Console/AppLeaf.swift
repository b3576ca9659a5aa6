import API
import HTTP

/// A page of an app for one of many things: `Assets/APP/NAME.html`, served at `/APP/NAME/KEY`.
///
/// The page is the same for each; its script reads the key from the address, and asks for what it may
/// see.
package struct AppLeaf: Sendable {
    package var name: String
    package var title: String
    /// Whether it is at `/APP/NAME/`, too: for all of them.
    package var isForAll: Bool

    package init(name: String, title: String, isForAll: Bool = false) {
        (self.name, self.title, self.isForAll) = (name, title, isForAll)
    }

    @Routes func routes(of app: AppPage, _ assets: Assets) -> [Route] {
        Operation(
            "read\(app.title)\(title)Page", .get, "\(app.path)\(name)/:key",
            "\(title): a page of \(app.title).", failures: [.notFound], options: .page
        ) { (_: LeafAddress, call) in
            try Served(app: page(of: app, assets), to: call.request)
        }
        if isForAll {
            Operation(
                "read\(app.title)\(title)sPage", .get, "\(app.path)\(name)/",
                "\(title): the page of \(app.title) for all of them.", failures: [.notFound],
                options: .page
            ) { (_: NoInput, call) in
                try Served(app: page(of: app, assets), to: call.request)
            }
        }
    }

    private func page(of app: AppPage, _ assets: Assets) -> Representation? {
        assets.find("\(app.name)/\(name).html")
    }
}

/// Which of them.
struct LeafAddress: Codable, Sendable {
    var key: String
}

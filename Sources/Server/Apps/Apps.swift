import Console

extension AppName {
    /// Where its page is, and what the landing page says of it.
    var page: AppPage {
        switch self {
        case .icons:
            AppPage(
                name: rawValue, title: "Icons",
                purpose: "Draws icons from a few words, keeps them, and exports SVG and PNG.")
        case .studio:
            AppPage(
                name: rawValue, title: "Studio",
                purpose: "Shows effects over live streams, triggered from a control page.",
                leaves: [AppLeaf(name: "overlay", title: "Overlay", isForAll: true)])
        }
    }
}

extension Settings {
    /// The apps, each once, in the order of the settings.
    var appPages: [AppPage] {
        var seen: Set<AppName> = []
        return apps.filter { seen.insert($0).inserted }.map(\.page)
    }

    /// In prod an app that is alone is what people come for; elsewhere they come to look around.
    var home: AppPage? {
        let pages = appPages
        return environment == .prod && pages.count == 1 ? pages.first : nil
    }
}

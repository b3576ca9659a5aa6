import HTTP
import Secrets
import Synchronization

/// The page at `/`: what runs here, where to look next, and a first request.
package struct LandingPage: Sendable {
    /// What the page says of the program.
    package struct Facts: Sendable {
        package var version: String
        package var baseURL: String
        package var surfaces: [Surface]
        package var apps: [AppPage]

        package init(
            version: String, baseURL: String, surfaces: [Surface], apps: [AppPage] = []
        ) {
            self.version = version
            self.baseURL = baseURL
            self.surfaces = surfaces
            self.apps = apps
        }
    }

    /// A surface in a line.
    package struct Surface: Sendable {
        /// As the API's document tags its operations.
        package var name: String
        package var title: String
        package var address: String
        package var purpose: String

        package init(name: String, title: String, address: String, purpose: String) {
            self.name = name
            self.title = title
            self.address = address
            self.purpose = purpose
        }
    }

    private let facts: Facts
    private let assets: Assets
    private let made = Made()

    init(_ facts: Facts, _ assets: Assets) {
        self.facts = facts
        self.assets = assets
    }

    /// Made when somebody asks for the first time: it says the same as long as the program runs.
    var page: Representation? {
        if let page = made.page.withLock({ $0 }) { return page }
        guard let template = assets.find("landing/index.html"),
            case .bytes(let bytes) = template.content
        else { return nil }
        let html = slots.filled(bytes)
        let page = Representation(
            type: template.type, content: .bytes(html),
            etag: ETag(SHA256.digest(of: html).hexadecimal))
        if !assets.mayChange { made.page.withLock { $0 = page } }
        return page
    }

    private final class Made: Sendable {
        let page = Mutex<Representation?>(nil)
    }

    private var slots: Slots {
        Slots([
            "assets": "/assets/" + assets.version, "version": escaped(facts.version),
            "baseURL": escaped(facts.baseURL),
            "surfaces": facts.surfaces.map(Self.item).joined(separator: "\n"),
            "apps": AppPage.section(facts.apps), "links": AppPage.links(facts.apps),
        ])
    }

    private static func item(_ surface: Surface) -> String {
        """
        <li><a href="/docs#surface/\(escaped(surface.name))"><strong>\(escaped(surface.title))</strong> \
        <code>\(escaped(surface.address))</code></a> <span>\(escaped(surface.purpose))</span></li>
        """
    }
}

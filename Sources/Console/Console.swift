import API
import HTTP

/// The pages that every program has, and the assets under them.
package struct Console: Sendable {
    package static let name = "console"

    let assets: Assets
    let landing: LandingPage
    /// The surface that the pages are on: one without a prefix.
    let surface: String
    let mails: MailPage?
    let apps: [AppPage]
    /// Whose page is at `/` in place of the landing page.
    let home: AppPage?

    /// `mails` are shown only if there are any to show.
    package init(
        surface: String, assets: Assets, landing: LandingPage.Facts, mails: MailPage.Source?,
        home: AppPage? = nil
    ) {
        self.surface = surface
        self.assets = assets
        (apps, self.home) = (landing.apps, home)
        self.landing = LandingPage(landing, assets)
        self.mails = mails.map { MailPage(source: $0, assets: assets) }
    }

    package var module: Module {
        Module(
            Self.name,
            parts: [
                SurfacePart(surface) {
                    rootRoute
                    for app in apps { app.routes(assets) }
                    referenceRoute
                    realtimeRoute
                    assetRoute
                    resetRoute
                    confirmRoute
                    if let mails { mails.routes }
                }
            ])
    }

    private var rootRoute: Operation<NoInput, Served> {
        Operation(
            "readLandingPage", .get, "/", "What runs here, and where to go next.",
            failures: [.notFound], options: .page
        ) { [landing, home, assets] _, call in
            if let home { return try Served(app: home.page(of: assets), to: call.request) }
            return try Served(page: landing.page, to: call.request)
        }
    }

    private var referenceRoute: Operation<NoInput, Served> {
        Operation(
            "readReference", .get, "/docs", "The API's reference, to read and to try.",
            failures: [.notFound], options: .page
        ) { [assets] _, call in
            try Served(page: assets.find("docs/index.html"), to: call.request)
        }
    }

    private var realtimeRoute: Operation<NoInput, Served> {
        Operation(
            "readRealtimePage", .get, "/docs/realtime", "Live events, to look at and to try.",
            failures: [.notFound], options: .page
        ) { [assets] _, call in
            try Served(page: assets.find("realtime/index.html"), to: call.request)
        }
    }

    private var resetRoute: Operation<NoInput, Served> {
        Operation(
            "readResetPage", .get, "/auth/reset-password",
            "Where the link of a mail ends: choose a new password.", failures: [.notFound],
            options: .page
        ) { [assets] _, call in
            try Served(page: assets.find("recovery/index.html"), to: call.request)
        }
    }

    private var confirmRoute: Operation<NoInput, Served> {
        Operation(
            "readConfirmPage", .get, "/auth/confirm",
            "Where the links of other mails end: a button that does what the mail is about.",
            failures: [.notFound], options: .page
        ) { [assets] _, call in
            try Served(page: assets.find("confirm/index.html"), to: call.request)
        }
    }

    private var assetRoute: Operation<AssetAddress, Served> {
        Operation(
            "readAsset", .get, "/assets/:version/:folder/:name", "A part of a page.",
            failures: [.notFound], options: .page
        ) { [assets] address, call in
            try Served(asset: address, of: assets, to: call.request)
        }
    }
}

/// Where an asset is asked for.
struct AssetAddress: Codable, Sendable {
    var version: String
    var folder: String
    var name: String
}

extension RouteOptions {
    /// Pages are no operations of the API, and reading one is some twenty requests.
    static var page: RouteOptions {
        var options = RouteOptions()
        options.isHidden = true
        options.countsAsTraffic = false
        return options
    }
}

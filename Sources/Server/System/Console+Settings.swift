import Console
import Mail

extension Console {
    /// The pages of a program with these settings.
    init(_ settings: Settings, _ outbox: Outbox) {
        self.init(
            surface: SystemRoutes.name, assets: Assets(folder: settings.console.assets?.text),
            landing: LandingPage.Facts(
                version: Version.number, baseURL: settings.effectiveBaseURL,
                surfaces: SurfaceName.allCases.filter(settings.surfaces.contains).map(\.inALine),
                apps: settings.appPages),
            mails: settings.environment == .dev ? MailPage.Source(settings, outbox) : nil,
            home: settings.home)
    }
}

extension SurfaceName {
    fileprivate var inALine: LandingPage.Surface {
        switch self {
        case .v1:
            LandingPage.Surface(
                name: rawValue, title: "V1", address: "/api/v1",
                purpose: "For apps that want JWTs: a user and tokens in every answer.")
        case .tokens:
            LandingPage.Surface(
                name: rawValue, title: "Tokens", address: "/api/auth/login",
                purpose: "For single-page, mobile and command-line clients.")
        case .compat:
            LandingPage.Surface(
                name: rawValue, title: "Compat", address: "/api/auth/sign-in/email",
                purpose: "The wire of better-auth 1.7, with its signed session cookie.")
        }
    }
}

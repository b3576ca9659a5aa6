import Coding
import Identity
import Values

/// All that an operator can choose, as one value (design, decision 7).
///
/// Each member has a path, such as `http.limits.headBytes`, by which it is found in the settings
/// file, in the environment and on the command line. docs/configuration.md is made of the comments
/// here and in the sections; a test compares the two.
package struct Settings: Codable, Sendable {
    /// `dev` is for one's own machine, `prod` for all others: it demands secrets of its own and
    /// limits what each caller may ask for.
    package var environment: RunEnvironment
    /// Where clients reach the server. Tokens name it as their issuer; when it is an `https`
    /// address, cookies are `Secure`. Without it: `http://localhost` and the port of the first
    /// listener.
    package var baseURL: BaseURL?
    /// The directory for the database file, the lock and the secrets that are made in `dev`. It is
    /// made when it is missing, readable for its owner only.
    package var data = DirectoryPath.standard
    package var http: HTTPSettings
    package var database = DatabaseSettings()
    package var auth = IdentitySettings()
    package var limits: LimitSettings
    /// Which apps are served, also `--app NAME`. In `prod` the page of one that is alone is at `/`;
    /// otherwise a page with links to all of them is.
    package var apps: [AppName] = []
    /// Which surfaces are served.
    package var surfaces = SurfaceName.allCases
    package var changes = ChangeSettings()
    package var compat = CompatSettings()
    package var console = ConsoleSettings()
    package var files = FileSettings()
    package var icons = IconSettings()
    package var log: LogSettings
    package var mail = MailSettings()
    package var metrics = MetricsSettings()
    package var outgoing: OutgoingSettings
    package var secrets = SecretSettings()
    package var realtime = RealtimeSettings()
    /// The directory of declared resources: a JSON5 file for each, or for several, and their
    /// migrations in `migrations`. See docs/resources.md.
    package var resources: DirectoryPath?
    package var studio = StudioSettings()

    /// The defaults.
    package init(_ environment: RunEnvironment = .dev) {
        self.environment = environment
        http = HTTPSettings(environment)
        limits = LimitSettings(environment)
        log = LogSettings(environment)
        outgoing = OutgoingSettings(environment)
    }
}

/// What kind of place a server runs in.
package enum RunEnvironment: String, Codable, CaseIterable, Sendable {
    case dev, prod
}

/// An app by its name in the settings.
package enum AppName: String, Codable, CaseIterable, Sendable {
    /// `/icons/` and `/api/icons` (docs/icons.md)
    case icons
    /// `/studio/`, `/api/effects`, `/api/sessions` and `/api/brand-kit` (docs/studio.md)
    case studio
}

/// A surface by its name in the settings.
package enum SurfaceName: String, Codable, CaseIterable, Sendable {
    /// `/api/v1`
    case v1
    /// `/api/auth/login` and its like
    case tokens
    /// better-auth's routes under `/api/auth`
    case compat
}

extension Settings {
    /// The base URL, given or made up of the first listener.
    package var effectiveBaseURL: String {
        baseURL?.text ?? "http://localhost:\(http.listen.first?.port ?? 4000)"
    }

    /// Whether browsers reach the server over TLS, whoever ends it.
    package var isSecure: Bool { effectiveBaseURL.hasPrefix("https://") }
}

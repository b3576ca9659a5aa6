import Coding
import Identity
import Values

/// Reads settings from environment variables: ours by their path, and the names that the documents
/// and better-auth use (design, decision 7; C18, C19).
///
/// An empty variable counts as none: Compose files pass `${NAME:-}`.
struct EnvironmentNames {
    let variables: [String: String]

    private(set) var tree = SettingsTree()
    private(set) var mistakes: [SettingsMistake] = []
    private var sources: [String: (name: String, value: JSON)] = [:]

    init(_ variables: [String: String]) {
        self.variables = variables.filter { !$0.value.isEmpty }
        readAliases()
        readDatabase()
        readSecrets()
        for (name, path) in Self.providerNames { take(name, path) }
        readOwn()
    }

    /// Other names than ours, with the settings they are about.
    static let aliases =
        [
            ("ENVIRONMENT", "environment"), ("API_BASE_URL", "baseURL"),
            ("BETTER_AUTH_URL", "baseURL"),
            ("PORT", "http.listen"), ("DATABASE_URL", "database.url"),
            ("BETTER_AUTH_TRUSTED_ORIGINS", "compat.trustedOrigins"),
            ("BETTER_AUTH_SECRET", "secrets.signing"), ("BETTER_AUTH_SECRETS", "secrets.signing"),
            ("ENCRYPTION_KEY", "secrets.encryption"), ("ENCRYPTION_KEYS", "secrets.encryption"),
            ("ANTHROPIC_API_KEY", "icons.anthropic.key"),
        ] + providerNames

    /// S1-16: `OAUTH_GITHUB_CLIENT_ID`, `OAUTH_GITHUB_CLIENT_SECRET` and so on.
    private static let providerNames =
        BuiltInProvider.allCases.flatMap { provider in
            let (name, path) = (
                "OAUTH_" + provider.rawValue.uppercased(), "auth.oauth." + provider.rawValue
            )
            return [
                (name + "_CLIENT_ID", path + ".clientID"),
                (name + "_CLIENT_SECRET", path + ".clientSecret"),
            ]
        } + [("OAUTH_MICROSOFT_TENANT_ID", "auth.oauth.microsoft.tenant")]

    private mutating func readAliases() {
        take("ENVIRONMENT", "environment")
        take("API_BASE_URL", "baseURL")
        take("BETTER_AUTH_URL", "baseURL")
        take("ANTHROPIC_API_KEY", "icons.anthropic.key")
        takeList("BETTER_AUTH_TRUSTED_ORIGINS", "compat.trustedOrigins")
        if let port = variables["PORT"] {
            set("http.listen", .list([.string("127.0.0.1:" + port)]), "PORT")
        }
    }

    /// C18: a URL wins over its pieces.
    private mutating func readDatabase() {
        if variables["DATABASE_URL"] != nil {
            take("DATABASE_URL", "database.url")
        } else if let pieces = PostgresPieces(variables) {
            set("database.url", .string(pieces.url), pieces.names)
        }
    }

    private mutating func readSecrets() {
        if let list = variables["BETTER_AUTH_SECRETS"] {
            set("secrets.signing", .list(Self.versioned(list)), "BETTER_AUTH_SECRETS")
        } else if let secret = variables["BETTER_AUTH_SECRET"] {
            set("secrets.signing", .list([.string(secret)]), "BETTER_AUTH_SECRET")
        }
        takeList("ENCRYPTION_KEYS", "secrets.encryption")
        if let key = variables["ENCRYPTION_KEY"] {
            set("secrets.encryption", .list([.string("1:" + key)]), "ENCRYPTION_KEY")
        }
    }

    /// `2:new,1:old`, the newest first. The numbers are better-auth's own and order nothing here.
    private static func versioned(_ text: String) -> [JSON] {
        text.split(separator: ",").map { entry in
            let version = entry.prefix { $0 != ":" }
            let isVersioned = version.endIndex < entry.endIndex && version.allSatisfy(\.isNumber)
            return .string(String(isVersioned ? entry[version.endIndex...].dropFirst() : entry))
        }
    }

    private mutating func readOwn() {
        let own = variables.filter { $0.key.hasPrefix(SettingsCatalog.prefix) }
        if own.isEmpty { return }
        let defaults = SettingsDefaults.dev
        for (name, text) in own.sorted(by: { $0.key < $1.key }) {
            if let path = defaults.path(ofVariable: name) {
                set(path, defaults.value(text, of: path) ?? .string(text), name)
            } else if !Self.isMadeByKubernetes(name) {
                let names = SettingsCatalog.standard.entries.map {
                    SettingsCatalog.variable(of: $0.path)
                }
                mistakes.append(
                    SettingsMistake(
                        path: "", origin: .environment(name),
                        problem: "is no setting" + Suggestion.text(for: name, among: names)))
            }
        }
    }

    /// For a service named `atrium` Kubernetes gives every container variables of these names.
    private static func isMadeByKubernetes(_ name: String) -> Bool {
        name == "ATRIUM_PORT" || name.hasPrefix("ATRIUM_PORT_") || name.hasPrefix("ATRIUM_SERVICE_")
    }

    private mutating func take(_ name: String, _ path: String) {
        if let text = variables[name] { set(path, .string(text), name) }
    }

    private mutating func takeList(_ name: String, _ path: String) {
        if let text = variables[name] { set(path, SettingsText.list(text), name) }
    }

    /// Two variables may say the same thing, but not different things of one setting.
    private mutating func set(_ path: String, _ value: JSON, _ name: String) {
        if let other = sources[path], other.value != value {
            mistakes.append(
                SettingsMistake(
                    path: path, origin: .environment("\(other.name), \(name)"),
                    problem: "is set to two different values: keep one of the variables"))
            return
        }
        sources[path] = (name, value)
        tree.set(path, to: value, from: .environment(name))
    }
}

import Coding
import Identity
import Testing
import Values

@testable import Server

/// Reads settings from what a test gives and nothing else.
func load(
    variables: [String: String] = [:], flags: [(String, String)] = [], file: String? = nil
) throws -> LoadedSettings {
    var sources = SettingsSources()
    sources.variables = variables
    sources.flags = flags.map { SettingsSources.Flag(path: $0.0, text: $0.1, name: "--set") }
    if let file {
        sources.configFile = "atrium.json5"
        sources.readFile = { _ in Array(file.utf8) }
    }
    return try SettingsLoader.load(sources)
}

/// The lines that settings are refused with.
func mistakes(
    variables: [String: String] = [:], flags: [(String, String)] = [], file: String? = nil
) -> [String] {
    do {
        _ = try load(variables: variables, flags: flags, file: file)
        return []
    } catch let error as SettingsMistakes {
        return error.list.map(\.description)
    } catch {
        return ["\(error)"]
    }
}

let secrets = [
    "BETTER_AUTH_SECRET": "a-secret-of-more-than-32-characters",
    "ENCRYPTION_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
]

// S2-9: defaults, then a file, then the environment, then flags.
@Suite struct SettingsTests {
    @Test func `without anything a server listens on the machine itself`() throws {
        let settings = try load().settings
        #expect(settings.http.listen.map(\.text) == ["127.0.0.1:4000"])
        #expect(settings.environment == .dev)
        #expect(settings.databaseDescription == "SQLite data/atrium.db")
        #expect(settings.effectiveBaseURL == "http://localhost:4000")
    }

    // S0-1
    @Test func `apps are named by settings, each once, and an unknown one is refused`() throws {
        #expect(try load().settings.apps == [])
        #expect(try load(variables: ["ATRIUM_APPS": "icons"]).settings.apps == [.icons])
        let twice = try load(flags: [("apps", "icons,icons")]).settings
        #expect(twice.appPages.map(\.title) == ["Icons"])
        #expect(twice.home == nil)
        let alone = try load(
            variables: secrets.merging(["ENVIRONMENT": "prod"]) { $1 }, flags: [("apps", "icons")])
        #expect(alone.settings.home?.title == "Icons")
        #expect(
            mistakes(flags: [("apps", "icon")])
                == ["apps[0] (--set) must be one of icons, studio"])
    }

    /// Their links would lead nowhere.
    @Test func `the studio needs the surface that has the addresses of its files`() {
        let problem =
            "surfaces (--set) must have v1 where apps has studio: its effects are files, and files "
            + "have their addresses there"
        #expect(mistakes(flags: [("apps", "studio"), ("surfaces", "tokens,compat")]) == [problem])
        #expect(mistakes(flags: [("apps", "studio"), ("surfaces", "v1")]) == [])
        #expect(mistakes(flags: [("apps", "icons"), ("surfaces", "tokens")]) == [])
    }

    @Test func `S2-9: the file wins over defaults, the environment over it, flags over all`() throws
    {
        let file =
            "{data: 'f', http: {limits: {headBytes: '1KiB', fields: 7}}, log: {level: 'warn'}}"
        let loaded = try load(
            variables: ["ATRIUM_HTTP_LIMITS_HEAD_BYTES": "2KiB", "ATRIUM_DATA": "e"],
            flags: [("data", "g")], file: file)
        #expect(loaded.settings.http.limits.fields.value == 7)
        #expect(loaded.settings.http.limits.headBytes.bytes == 2048)
        #expect(loaded.settings.data.text == "g")
        #expect(loaded.settings.log.level == .warn)
        #expect(loaded.origin(of: "http.limits.fields") == .file("atrium.json5"))
        #expect(
            loaded.origin(of: "http.limits.headBytes")
                == .environment("ATRIUM_HTTP_LIMITS_HEAD_BYTES"))
        #expect(loaded.origin(of: "data") == .flag("--set"))
        #expect(loaded.origin(of: "http.limits.idleTime") == .standard)
    }

    @Test func `one word is enough for lists, numbers and switches`() throws {
        let settings = try load(
            variables: [
                "ATRIUM_SURFACES": "v1, compat", "ATRIUM_LIMITS_TRAFFIC_IS_ON": "true",
                "ATRIUM_HTTP_LOOPS": "3", "ATRIUM_HTTP_LISTEN": #"["127.0.0.1:1","[::1]:2"]"#,
            ]
        ).settings
        #expect(settings.surfaces == [.v1, .compat])
        #expect(settings.limits.traffic.isOn)
        #expect(settings.http.loops.effective == 3)
        #expect(settings.http.listen.map(\.port) == [1, 2])
    }

    // S3-27, S3-34 and the Rate limit row: what depends on the environment.
    @Test func `production counts traffic, logs no debug lines and allows no foreign origin`()
        throws
    {
        let dev = try load().settings
        let prod = try load(variables: secrets.merging(["ENVIRONMENT": "prod"]) { $1 }).settings
        #expect(!dev.limits.traffic.isOn && dev.limits.guards)
        #expect(prod.limits.traffic.isOn && prod.limits.guards)
        #expect(prod.limits.traffic.requests.value == 100)
        #expect(prod.limits.traffic.window.duration == .seconds(60))
        #expect(dev.log.level == .debug && prod.log.level == .info)
        #expect(prod.http.allowedOrigins.isEmpty)
    }

    // S1-19
    @Test func `S1-19: a front end on port 3001 may call a developer's server`() throws {
        #expect(
            try load().settings.http.allowedOrigins.map(\.text).contains("http://localhost:3001"))
    }

    @Test func `the environment may be chosen in the file too`() throws {
        let settings = try load(variables: secrets, file: "{environment: 'prod'}").settings
        #expect(settings.environment == .prod)
        #expect(settings.limits.traffic.isOn)
    }

    // MARK: Mistakes

    // S2-9, Must show 6
    @Test func `S2-9: every mistake of every source is told, with its path and its source`() {
        let lines = mistakes(
            variables: [
                "ATRIUM_HTTP_LIMITS_IDLE_TIME": "soon", "ATRIUM_HTTP_LISTN": ":1",
                "BETTER_AUTH_SECRET": "short",
            ],
            flags: [("http.limits.headByte", "1"), ("limits.traffic.isOn", "maybe")],
            file: """
                {http: {listen: ['nowhere'], limits: {fields: 0, headBytes: 'big'}}, colour: 1,
                 auth: {password: {bcryptCost: 99}}, log: 5}
                """)
        #expect(
            Set(lines) == [
                "ATRIUM_HTTP_LISTN: is no setting; did you mean ATRIUM_HTTP_LISTEN?",
                "http.limits.headByte (--set) is no setting; did you mean http.limits.headBytes?",
                "http.limits.idleTime (ATRIUM_HTTP_LIMITS_IDLE_TIME) must be a length of time such as "
                    + "30s, 15m, 12h or 7d",
                "http.listen[0] (atrium.json5) must be ADDRESS:PORT, such as 127.0.0.1:4000, "
                    + "[::1]:4000 or :8080",
                "http.limits.fields (atrium.json5) is too small: at least 1",
                "http.limits.headBytes (atrium.json5) must be a size such as 512, 32KiB or 1MiB",
                "limits.traffic.isOn (--set) must be true or false, not text",
                "auth.password.bcryptCost (atrium.json5) is too big: at most 15",
                "log (atrium.json5) must be an object, not a whole number",
                "colour (atrium.json5) is no setting",
                "secrets.signing[0] (BETTER_AUTH_SECRET) is too short: at least 32 characters",
            ])
    }

    @Test func `a file that cannot be read is one mistake`() {
        #expect(
            mistakes(file: "{http: }")
                == ["atrium.json5: line 1, column 8: this is no value"])
        #expect(mistakes(file: "[]") == ["atrium.json5: must hold an object"])
        #expect(
            mistakes(variables: ["CONFIG_FILE": "/nowhere/at/all"])
                == ["/nowhere/at/all: cannot be read: No such file or directory"])
    }

    // C19
    @Test func `C19: two names of the base URL must not differ`() throws {
        #expect(
            mistakes(variables: ["API_BASE_URL": "http://a", "BETTER_AUTH_URL": "http://b"])
                == [
                    "baseURL (API_BASE_URL, BETTER_AUTH_URL) is set to two different values: "
                        + "keep one of the variables"
                ])
        let same = try load(
            variables: [
                "API_BASE_URL": "https://a.example/", "BETTER_AUTH_URL": "https://a.example/",
            ]
        ).settings
        #expect(same.effectiveBaseURL == "https://a.example")
        #expect(same.isSecure)
    }

    @Test func `an empty variable is none, and Kubernetes' own are left alone`() {
        #expect(
            mistakes(variables: [
                "DATABASE_URL": "", "ATRIUM_DATA": "", "ATRIUM_SERVICE_HOST": "10.0.0.1",
                "ATRIUM_PORT": "tcp://10.0.0.1:80", "ATRIUM_PORT_80_TCP_ADDR": "10.0.0.1",
            ]) == [])
    }

    @Test func `an empty list of addresses is a mistake`() {
        #expect(
            mistakes(file: "{http: {listen: []}}")
                == ["http.listen (atrium.json5) must name an address, such as 127.0.0.1:4000"])
    }

    // MARK: Secrets

    // S2-10
    @Test func `S2-10: production asks for secrets and says how to make them`() {
        let lines = mistakes(variables: ["ENVIRONMENT": "prod"])
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { $0.contains("openssl rand -base64 32") })
        #expect(lines[0].contains("BETTER_AUTH_SECRET") && lines[1].contains("ENCRYPTION_KEY"))
    }

    @Test func `S2-10: an encryption key has 32 bytes`() {
        let lines = mistakes(variables: ["ENCRYPTION_KEY": "dG9vIHNob3J0"])
        #expect(lines.count == 1)
        #expect(lines[0].contains("secrets.encryption[0] (ENCRYPTION_KEY) must be ID:KEY with 32"))
    }

    @Test func `a new secret can stand before the old one`() throws {
        let one = String(repeating: "1", count: 32)
        let two = String(repeating: "2", count: 32)
        let settings = try load(variables: ["BETTER_AUTH_SECRETS": "2:\(two),1:\(one)"]).settings
        #expect(settings.secrets.signing.map(\.secret.exposed) == [two, one])
        let plain = try load(variables: ["BETTER_AUTH_SECRET": "12:\(one)"]).settings
        #expect(plain.secrets.signing.map(\.secret.exposed) == ["12:\(one)"])
    }

    @Test func `no secret is ever printed`() throws {
        let loaded = try load(
            variables: secrets.merging([
                "DATABASE_URL":
                    "postgres://ada:s3cret@db:5432/atrium?sslpassword=hidden&sslmode=require",
                "ATRIUM_METRICS_TOKEN": "the-metrics-token-s3cret",
            ]) { $1 })
        let effective = try EffectiveSettings(loaded)
        let printed = effective.text.joined(separator: "\n") + effective.json.description
        for secret in ["s3cret", "hidden", "a-secret-of", "AAECAwQF"] {
            #expect(!printed.contains(secret))
        }
        #expect(
            printed.contains(
                "postgres://ada:<secret>@db:5432/atrium?sslpassword=<secret>&sslmode=require"))
        #expect(!"\(loaded.settings)".contains("s3cret"))
    }
}

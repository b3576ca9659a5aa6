import Coding
import DatabaseTesting
import Foundation
import SQL
import Testing

@testable import Server

/// A data directory for one test, on either engine.
struct CommandPlace {
    let database: TestDatabase
    let directory: String

    init(on engine: Engine) throws {
        database = try TestDatabase(on: engine)
        directory = try #require(makeTemporaryDirectory("atrium-command"))
    }

    var options: [String] {
        let url = database.engine == .sqlite ? "sqlite:" + database.location : database.location
        return ["--data", directory, "--set", "database.url=" + url]
    }

    func remove() {
        database.remove()
        try? FileManager.default.removeItem(atPath: directory)
    }
}

@Suite struct CommandTests {
    @Test(arguments: Engine.tested)
    func `migrations go up, tell where they stand, and down when confirmed`(on engine: Engine)
        async throws
    {
        let place = try CommandPlace(on: engine)
        defer { place.remove() }
        var result = await run(["migrate", "up"] + place.options)
        #expect(result.status == 0)
        #expect(result.transcript.output.first == "applied core/0001_users")
        result = await run(["migrate", "up"] + place.options)
        #expect(result.transcript.output == ["The database is up to date."])

        result = await run(["migrate", "down"] + place.options)
        #expect(result.status == 2)
        #expect(
            result.transcript.complaints == [
                "atrium: migrate down loses data: confirm it with --yes"
            ])
        result = await run(["migrate", "down"] + place.options, answer: "n")
        #expect(result.status == 1)
        result = await run(["migrate", "down", "--steps=99", "--yes"] + place.options)
        #expect(result.status == 0)
        #expect(result.transcript.output.last == "undone core/0001_users")

        result = await run(["migrate", "status"] + place.options)
        #expect(result.transcript.output.count == (try migrationCount))
        #expect(result.transcript.output.allSatisfy { $0.hasSuffix("pending") })
    }

    private var migrationCount: Int {
        get throws { try Blueprint.program(Settings()).migrations.count }
    }

    @Test(arguments: Engine.tested)
    func `S3-21: seeding makes the test user once and tells the password`(on engine: Engine)
        async throws
    {
        let place = try CommandPlace(on: engine)
        defer { place.remove() }
        let options = place.options + ["--set", "auth.password.bcryptCost=4"]
        let first = await run(["seed"] + options)
        #expect(first.transcript.complaints == [])
        let line = try #require(first.transcript.output.first)
        #expect(line.hasPrefix("Made Test User, test@example.com, with the password Test1-"))
        let second = await run(["seed"] + options)
        #expect(second.status == 0)
        #expect(
            second.transcript.output
                == ["test@example.com is there already; nothing was changed."])
    }

    @Test func `a password that breaks the rules seeds nobody`() async throws {
        let place = try CommandPlace(on: .sqlite)
        defer { place.remove() }
        let result = await run(["seed", "--password", "short"] + place.options)
        #expect(result.status == 2)
        #expect(
            result.transcript.complaints
                == ["atrium: the password is too short: at least 8 characters"])
    }

    // S0-12
    @Test func `S0-12: the document and the list of routes need no database`() async throws {
        let document = await run(["openapi"])
        let json = try JSON(parsing: Array(document.transcript.output.joined().utf8))
        #expect(json["openapi"] == "3.1.0")
        #expect(json["paths"]?["/api/v1/auth/register"]?["post"] != nil)
        let routes = await run(["routes", "--set", "surfaces=v1"])
        #expect(routes.transcript.output.contains { $0.contains("/api/v1/auth/register") })
        #expect(!routes.transcript.output.contains { $0.contains("/api/auth/") })
    }

    @Test func `config tells each setting and where it is from`() async throws {
        let result = await run(
            ["config", "--json", "--data", "/srv/x"], variables: ["PORT": "81"])
        let json = try JSON(parsing: Array(result.transcript.output.joined().utf8))
        #expect(json["data"] == ["value": "/srv/x", "from": "--data"])
        #expect(json["http.listen"] == ["value": ["127.0.0.1:81"], "from": "PORT"])
        #expect(json["log.format"] == ["value": "auto", "from": "default"])
    }

    @Test(arguments: Engine.tested)
    func `the doctor finds a healthy server healthy`(on engine: Engine) async throws {
        let place = try CommandPlace(on: engine)
        defer { place.remove() }
        _ = await run(["migrate", "up"] + place.options)
        let result = await run(["doctor", "--http", "127.0.0.1:0"] + place.options)
        #expect(result.status == 0, "\(result.transcript.output)")
        let names = [
            "settings", "data", "secrets", "database", "integrity", "migrations", "clock", "mail",
        ]
        for name in names {
            #expect(
                result.transcript.output.contains { $0.contains(name) && $0.hasPrefix("ok") },
                "\(name)")
        }
    }

    @Test func `the doctor tells what is missing and what is wrong`() async throws {
        let place = try CommandPlace(on: .sqlite)
        defer { place.remove() }
        let result = await run(["doctor", "--http", "192.0.2.1:1"] + place.options)
        #expect(result.status == 1)
        #expect(result.transcript.output.contains { $0.hasPrefix("failure  listen") })
        let mistaken = await run(["doctor", "--json", "--set", "log.level=loud"])
        #expect(mistaken.status == 1)
        #expect(
            mistaken.transcript.output == [
                #"[{"mark":"failure","name":"settings","detail":"#
                    + #""log.level (--set) must be one of debug, info, warn, error"}]"#
            ])
    }

    @Test(
        arguments: [
            ([], [:], "ok", "no key: the offline generator draws"),
            (["--set", "icons.generator=offline"], [:], "ok", "the offline generator draws"),
            (["--set", "icons.generator=anthropic"], [:], "failure", "no key to draw with"),
            (
                ["--set", "icons.anthropic.model=m"], ["ANTHROPIC_API_KEY": "k"], "ok",
                "m draws, at https://api.anthropic.com"
            ),
            (
                ["--set", "icons.anthropic.timeLimit=60s"], ["ANTHROPIC_API_KEY": "k"], "warning",
                "icons.anthropic.timeLimit is 60s"
            ),
        ] as [([String], [String: String], String, String)])
    func `the doctor tells who draws icons`(
        _ words: [String], _ variables: [String: String], _ mark: String, _ line: String
    ) async throws {
        let place = try CommandPlace(on: .sqlite)
        defer { place.remove() }
        let doctor = ["doctor", "--http", "127.0.0.1:0"] + place.options + words
        let without = await run(doctor, variables: variables)
        #expect(!without.transcript.output.contains { $0.contains("icons") })
        let result = await run(doctor + ["--app", "icons"], variables: variables)
        #expect(
            result.transcript.output.contains {
                $0.hasPrefix(mark) && $0.contains(" icons ") && $0.contains("  " + line)
            }, "\(result.transcript.output)")
    }

    // S1-13
    @Test func `S1-13: the generator's key is shown to nobody`() async throws {
        let key = "sk-ant-a-key-of-somebody"
        let result = await run(
            ["config", "--app", "icons"], variables: ["ANTHROPIC_API_KEY": key])
        #expect(result.status == 0)
        #expect(!result.transcript.output.contains { $0.contains(key) })
        #expect(
            result.transcript.output.contains {
                $0.hasPrefix("icons.anthropic.key ") && $0.contains("<secret>")
                    && $0.hasSuffix("(ANTHROPIC_API_KEY)")
            })
    }

    @Test func `S1-16: the doctor says where providers send back, and asks those it can`()
        async throws
    {
        let place = try CommandPlace(on: .sqlite)
        defer { place.remove() }
        let own = #"[{"id":"own","clientID":"a","issuer":"http://127.0.0.1:1"}]"#
        let result = await run(
            ["doctor", "--http", "127.0.0.1:0", "--set", "auth.oauth.providers=" + own]
                + place.options,
            variables: [
                "API_BASE_URL": "https://auth.example.com", "OAUTH_GITHUB_CLIENT_ID": "x",
                "OAUTH_GITHUB_CLIENT_SECRET": "y",
            ])
        #expect(result.status == 1)
        let uri = "https://auth.example.com/api/auth/oauth/github/callback"
        #expect(
            result.transcript.output.contains {
                $0.hasPrefix("ok") && $0.hasSuffix("github sends back to " + uri)
            })
        #expect(
            result.transcript.output.contains {
                $0.hasPrefix("failure  provider") && $0.contains("own: ")
            })
    }

    @Test func `in prod the doctor misses a mail server, and a sender for one`() async throws {
        let place = try CommandPlace(on: .sqlite)
        defer { place.remove() }
        let prod = [
            "ENVIRONMENT": "prod", "BETTER_AUTH_SECRET": String(repeating: "s", count: 32),
            "ENCRYPTION_KEY": String(repeating: "A", count: 43) + "=",
        ]
        let words = ["doctor", "--http", "127.0.0.1:0"] + place.options
        let result = await run(words, variables: prod)
        #expect(result.transcript.output.contains { $0.hasPrefix("warning  mail") })
        let server = ["--set", "mail.smtp.host=mail.example.com"]
        let mistaken = await run(words + server, variables: prod)
        #expect(
            mistaken.transcript.output.contains {
                $0.hasPrefix("failure  settings  mail.from must be given with mail.smtp.host")
            })
        let sound = await run(
            words + server + ["--set", "mail.from=atrium@example.com"], variables: prod)
        #expect(
            sound.transcript.output.contains {
                $0.hasPrefix("ok") && $0.contains("mail.example.com:587, from atrium@example.com")
            })
    }

    @Test func `wrong settings end a command with status 2, a line for each`() async {
        let result = await run(
            ["routes", "--set", "http.loops=-1", "--set", "data="],
            variables: ["ENVIRONMENT": "test"])
        #expect(result.status == 2)
        #expect(
            result.transcript.complaints == [
                "atrium: environment (ENVIRONMENT) must be one of dev, prod",
                "atrium: data (--set) is too short: at least 1 characters",
                "atrium: http.loops (--set) is too small: at least 0",
            ])
    }
}

import DatabaseTesting
import Foundation
import SQL

extension Command {
    static let schemathesis = Command(
        name: "schemathesis",
        summary:
            "has a running server tested by the API's document, on both engines: [--examples N]"
    ) { words in
        var options = Options(words)
        let examples = try options.number("--examples", default: 50)
        let seed = try options.number("--seed", default: Int(Date().timeIntervalSince1970))
        try options.end()
        try SchemathesisRun(examples: examples, seed: seed).run()
    }
}

/// Has Schemathesis send what the API's document allows and what it forbids, and look whether the
/// answers are as the document says: no 5xx, no other status, nothing refused that is allowed and
/// nothing taken that is not.
///
/// What it checks, and what it does not on Compat, stands in `configuration`.
struct SchemathesisRun {
    /// A limit that nobody reaches, so that its fields are in the answers; and how busy the machine
    /// is, is not what is looked at.
    static let settings = [
        "limits.traffic.isOn=true", "limits.traffic.requests=1000000",
        "database.transactionTimeout=20s",
        "apps=icons,studio", "studio.tier=enterprise", "studio.triggersPerMinute=1000000",
        "icons.generator=offline", "icons.perMinute=1000000", "icons.perDay=1000000",
    ]
    static let configuration = "Tools/schemathesis/schemathesis.toml"
    /// What declares the resources that are tried: the sample, and a field of every type.
    static let declarations = ["Examples/items", "Tools/schemathesis"]

    var examples = 50
    var seed = Int(Date().timeIntervalSince1970)

    func run() throws {
        let program = PythonTool.path("schemathesis")
        guard Tool.exists(program) else {
            throw Problem("there is no \(program): run packages/install check")
        }
        for engine in Engine.tested { try test(by: program, on: engine) }
    }

    private func test(by program: String, on engine: Engine) throws {
        let resources = try resources()
        defer { try? FileManager.default.removeItem(atPath: resources) }
        let server = try TrialServer(on: engine, Self.settings + ["resources=\(resources)"])
        defer { server.remove() }
        try server.start()
        let user = try registerUser(at: server)
        say("\nschemathesis on \(engine): seed \(seed)")
        let status = try tool(program, server, user).run()
        guard server.stop() == 0 else { throw Problem("atrium did not end well on \(engine)") }
        if status != 0 { throw Problem("schemathesis on \(engine): status \(status)") }
    }

    /// All declarations, in a directory of this run.
    private func resources() throws -> String {
        let directory = NSTemporaryDirectory() + "atrium-resources-\(UUID().uuidString)"
        let files = FileManager.default
        try files.createDirectory(atPath: directory, withIntermediateDirectories: true)
        for source in Self.declarations {
            for name in try files.contentsOfDirectory(atPath: source)
            where name.hasSuffix(".json5") {
                try files.copyItem(atPath: "\(source)/\(name)", toPath: "\(directory)/\(name)")
            }
        }
        return directory
    }

    private func tool(_ program: String, _ server: TrialServer, _ user: User) -> Tool {
        let address = "http://127.0.0.1:\(server.port)"
        var tool = Tool(
            program, "--config-file", Self.configuration, "run", address + "/api/openapi.json",
            "--url", address, "--max-examples", "\(examples)", "--seed", "\(seed)")
        tool.environment = [
            "ATRIUM_ORIGIN": "http://localhost:\(server.port)", "ATRIUM_EMAIL": user.email,
            "ATRIUM_PASSWORD": user.password,
        ]
        return tool
    }

    private struct User {
        let email = "tester@example.com"
        let password = "Analytical1"
    }

    private func registerUser(at server: TrialServer) throws -> User {
        let user = User()
        let answer = HTTPExchange(port: server.port).send(
            "POST", "/api/v1/auth/register",
            json: """
                {"email":"\(user.email)","password":"\(user.password)","name":"Tester"}
                """)
        guard let answer, answer.status == 201 else {
            throw Problem("the user cannot be registered: \(answer?.body ?? "no answer")")
        }
        return user
    }
}

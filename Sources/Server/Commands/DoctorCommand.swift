import Coding

extension Command {
    static let doctor = Command(
        name: "doctor", summary: "Check settings, data directory, database, secrets and ports.",
        options: [CommandOption(name: "--json", help: "As JSON, for programs.")]
            + SettingsOptions.all
    ) { invocation in
        let findings = try await findings(invocation)
        if invocation.has("--json") {
            invocation.environment.write(JSON.list(findings.map(\.json)).description)
        } else {
            let rows = findings.map { [$0.mark.rawValue, $0.name, $0.detail] }
            for line in TextTable.lines(rows) { invocation.environment.write(line) }
        }
        return findings.contains { $0.mark == .failure } ? 1 : 0
    }

    /// Mistaken settings are findings too: nothing else can be looked at without them.
    private static func findings(_ invocation: Invocation) async throws -> [Finding] {
        do {
            let settings = try invocation.loadSettings().settings
            let doctor = Doctor(settings: settings, environment: invocation.environment)
            return [.ok("settings", "sound")] + (await doctor.findings())
        } catch let mistakes as SettingsMistakes {
            return mistakes.list.map { .failure("settings", $0.description) }
        }
    }
}

extension Finding {
    fileprivate var json: JSON {
        [
            "mark": .string(mark.rawValue), "name": .string(name), "detail": .string(detail),
        ]
    }
}

import Coding

extension Command {
    static let config = Command(
        name: "config", summary: "Print each setting, and where it comes from.",
        options: [CommandOption(name: "--json", help: "As JSON, for programs.")]
            + SettingsOptions.all
    ) { invocation in
        let lines = try EffectiveSettings(try invocation.loadSettings())
        if invocation.has("--json") {
            invocation.environment.write(lines.json.description)
        } else {
            for line in lines.text { invocation.environment.write(line) }
        }
        return 0
    }
}

/// Every setting with its value and its origin. Secrets are written as `<secret>`.
struct EffectiveSettings {
    let entries: [(path: String, value: JSON, origin: SettingsOrigin)]

    init(_ loaded: LoadedSettings) throws {
        let tree = SettingsTree(try JSON(encoding: loaded.settings))
        entries = SettingsCatalog.standard.entries.map { path, _ in
            (path, tree[path] ?? .null, loaded.origin(of: path))
        }
    }

    var json: JSON {
        .object(
            JSONObject(
                entries.map { entry in
                    let origin = JSON.string(entry.origin.description)
                    return (entry.path, ["value": entry.value, "from": origin])
                }))
    }

    var text: [String] {
        TextTable.lines(
            entries.map { [$0.path, Self.text($0.value), "(\($0.origin))"] })
    }

    /// Without the quotes and brackets of JSON: as one would write it after `--set`.
    private static func text(_ value: JSON) -> String {
        switch value {
        case .null: "-"
        case .string(let text): text
        case .list(let list): list.isEmpty ? "-" : list.map(text).joined(separator: ",")
        default: value.description
        }
    }
}

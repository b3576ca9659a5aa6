/// The options by which every command takes settings.
enum SettingsOptions {
    static let all = [
        CommandOption(
            name: "--http", value: "HOST:PORT",
            help: "Listen there; may be given again. Default 127.0.0.1:4000."),
        CommandOption(
            name: "--data", value: "DIR", help: "Keep the database and secrets there. Default data."
        ),
        CommandOption(
            name: "--app", value: "NAME", help: "Serve the app, such as icons; may be given again."),
        CommandOption(
            name: "--resources", value: "DIR", help: "Serve the resources that are declared there."),
        CommandOption(name: "--config", value: "FILE", help: "Read settings from a JSON5 file."),
        CommandOption(
            name: "--set", value: "PATH=VALUE",
            help: "Set any setting, such as http.limits.headBytes=64KiB."),
    ]
}

extension Invocation {
    func loadSettings() throws -> LoadedSettings {
        var sources = SettingsSources()
        sources.variables = environment.variables
        sources.configFile = self["--config"]
        for option in options {
            switch option.name {
            case "--http": sources.add("http.listen", option.value, "--http")
            case "--data": sources.add("data", option.value, "--data")
            case "--app": sources.add("apps", option.value, "--app")
            case "--resources": sources.add("resources", option.value, "--resources")
            case "--set":
                let path = option.value.prefix { $0 != "=" }
                guard path.endIndex < option.value.endIndex else {
                    throw UsageMistake("--set needs a path and a value: --set \(path)=VALUE")
                }
                let text = option.value[path.endIndex...].dropFirst()
                sources.add(String(path), String(text), "--set")
            default: continue
            }
        }
        return try SettingsLoader.load(sources)
    }
}

extension SettingsSources {
    fileprivate mutating func add(_ path: String, _ text: String, _ name: String) {
        flags.append(Flag(path: path, text: text, name: name))
    }
}

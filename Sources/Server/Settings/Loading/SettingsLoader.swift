import Coding
import Values

/// What settings are made of, beside the defaults.
package struct SettingsSources: Sendable {
    /// One setting from the command line.
    package struct Flag: Sendable {
        package var path: String
        package var text: String
        /// What was written: `--set`, `--http`.
        package var name: String

        package init(path: String, text: String, name: String) {
            (self.path, self.text, self.name) = (path, text, name)
        }
    }

    package var variables: [String: String] = [:]
    package var flags: [Flag] = []
    /// `--config`; without it, `CONFIG_FILE`.
    package var configFile: String?
    /// Reads a file; the disk's unless a test says otherwise.
    package var readFile: @Sendable (String) throws(FileError) -> [UInt8] = SettingsFile.read

    package init() {}
}

/// Settings that are sound, with where each comes from.
package struct LoadedSettings: Sendable {
    package let settings: Settings
    let tree: SettingsTree

    package func origin(of path: String) -> SettingsOrigin { tree.origin(of: path) }
}

/// Puts settings together: defaults, then the file, then the environment, then flags. What comes
/// later wins, member by member.
package struct SettingsLoader {
    private let sources: SettingsSources
    private var chosen = SettingsTree()
    private var mistakes: [SettingsMistake] = []

    /// Throws `SettingsMistakes` with all that is wrong in all sources.
    package static func load(_ sources: SettingsSources) throws -> LoadedSettings {
        var loader = SettingsLoader(sources: sources)
        loader.readFile()
        loader.readVariables()
        loader.readFlags()
        return try loader.finish()
    }

    private init(sources: SettingsSources) {
        self.sources = sources
    }

    // MARK: Sources

    private mutating func readFile() {
        let variable = sources.variables["CONFIG_FILE"].flatMap { $0.isEmpty ? nil : $0 }
        guard let path = sources.configFile ?? variable else { return }
        do {
            let json = try JSON5.parse(try sources.readFile(path))
            guard case .object = json else { return report("must hold an object", in: path) }
            chosen.lay(json, from: .file(path))
        } catch let error as FileError {
            report(error.reason, in: path)
        } catch let error as JSON5.Mistake {
            report(error.description, in: path)
        } catch {
            report("cannot be read", in: path)
        }
    }

    private mutating func report(_ problem: String, in path: String) {
        mistakes.append(SettingsMistake(path: "", origin: .file(path), problem: problem))
    }

    private mutating func readVariables() {
        let names = EnvironmentNames(sources.variables)
        chosen.lay(names.tree)
        mistakes += names.mistakes
    }

    private mutating func readFlags() {
        var addresses: [JSON] = []
        var apps: [JSON] = []
        for flag in sources.flags {
            let value: JSON
            switch flag.name {
            case "--http":
                // Each adds an address.
                addresses += SettingsText.list(flag.text).asList ?? []
                value = .list(addresses)
            case "--app":
                apps += SettingsText.list(flag.text).asList ?? []
                value = .list(apps)
            case "--data", "--resources": value = .string(flag.text)
            default:
                guard let meant = SettingsDefaults.dev.value(flag.text, of: flag.path) else {
                    mistakes.append(unknown(flag.path, .flag(flag.name)))
                    continue
                }
                value = meant
            }
            chosen.set(flag.path, to: value, from: .flag(flag.name))
        }
    }

    // MARK: Reading

    private mutating func finish() throws -> LoadedSettings {
        let environment: RunEnvironment = chosen["environment"]?.asString == "prod" ? .prod : .dev
        var tree = SettingsTree(SettingsDefaults.of(environment).json)
        tree.lay(chosen)
        let settings = read(tree)
        mistakes += SettingsRules(tree: tree, environment: environment).mistakes
        guard let settings, mistakes.isEmpty else { throw SettingsMistakes(list: mistakes) }
        return LoadedSettings(settings: settings, tree: tree)
    }

    private mutating func read(_ tree: SettingsTree) -> Settings? {
        do {
            return try InputReader.read(
                Settings.self, from: Input(body: .looseTree(tree.json)), unknown: .refused)
        } catch let error as InvalidInput {
            mistakes += error.fields.map { mistake($0, tree) }
        } catch {
            mistakes.append(
                SettingsMistake(path: "", problem: "The settings cannot be read: \(error)"))
        }
        return nil
    }

    private func mistake(_ field: FieldError, _ tree: SettingsTree) -> SettingsMistake {
        let origin = tree.origin(of: field.path)
        if field.problem == .unknown { return unknown(field.path, origin) }
        return SettingsMistake(
            path: field.path, origin: origin, problem: SettingsWords.of(field.problem))
    }

    private func unknown(_ path: String, _ origin: SettingsOrigin) -> SettingsMistake {
        let suggestion = Suggestion.text(
            for: path, among: SettingsCatalog.standard.entries.map(\.path))
        return SettingsMistake(path: path, origin: origin, problem: "is no setting" + suggestion)
    }
}

import Coding

/// The defaults as JSON, and what they tell of the settings.
///
/// A default shows what a text means for its setting, as the catalog does; but to make the catalog takes
/// longer than all else that a start does. So it is asked only where there is no default.
struct SettingsDefaults: Sendable {
    let json: JSON

    static let dev = SettingsDefaults(.dev)
    static let prod = SettingsDefaults(.prod)

    static func of(_ environment: RunEnvironment) -> SettingsDefaults {
        environment == .prod ? prod : dev
    }

    /// Settings that have no JSON would be no settings, which no test would let pass.
    private init(_ environment: RunEnvironment) {
        let bytes = try? JSONCoder.encodeOnce(Settings(environment))
        json = bytes.flatMap { try? JSON(parsing: $0) } ?? .null
    }

    // MARK: Texts

    /// What a text means for a setting. Nil when there is no such setting.
    func value(_ text: String, of path: String) -> JSON? {
        if let value = told(text, of: path) { return value }
        guard let schema = SettingsCatalog.standard.schema(of: path) else { return nil }
        return SettingsText.value(text, schema)
    }

    /// Nil where the default does not tell. No text may mean null, where that is allowed.
    func told(_ text: String, of path: String) -> JSON? {
        if text.isEmpty { return nil }
        let names = path.split(separator: ".")
        switch names.reduce(json as JSON?, { $0?[String($1)] }) {
        case .list: return SettingsText.list(text)
        case .string, .boolean, .integer, .number: return .string(text)
        case .object, .null, nil: return nil
        }
    }

    /// The path that an environment variable of ours names.
    func path(ofVariable name: String) -> String? {
        Self.path(ofVariable: name, in: json, below: "")
            ?? SettingsCatalog.standard.path(ofVariable: name)
    }

    private static func path(
        ofVariable name: String, in json: JSON, below path: String
    ) -> String? {
        guard case .object(let object) = json else {
            return SettingsCatalog.variable(of: path) == name ? path : nil
        }
        for member in object.members {
            let inner = path.isEmpty ? member.name : path + "." + member.name
            // All that lies below a section begins with its name.
            guard name.hasPrefix(SettingsCatalog.variable(of: inner)) else { continue }
            if let found = self.path(ofVariable: name, in: member.value, below: inner) {
                return found
            }
        }
        return nil
    }
}

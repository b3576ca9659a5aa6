import Coding

/// Every setting's path with what it takes, read off the `Settings` type itself.
struct SettingsCatalog: Sendable {
    /// Settings without members of their own, in the order of their declaration.
    let entries: [(path: String, schema: Schema)]

    /// Made when it is first asked for: a start without settings needs no list of them.
    static let standard = SettingsCatalog()

    /// A settings type without a schema would have no settings, which no test would let pass.
    private init() {
        let schema = (try? SchemaReader.read(Settings.self))?.schema
        entries = schema.map { Self.leaves(of: $0, below: "") } ?? []
    }

    func schema(of path: String) -> Schema? {
        entries.first { $0.path == path }?.schema
    }

    /// The path that an environment variable of ours names.
    func path(ofVariable name: String) -> String? {
        entries.first { Self.variable(of: $0.path) == name }?.path
    }

    /// `http.limits.headBytes` is `ATRIUM_HTTP_LIMITS_HEAD_BYTES`.
    static func variable(of path: String) -> String {
        var name = prefix
        var previous: Character = "."
        for character in path {
            let beginsWord = character.isUppercase && !previous.isUppercase && previous != "."
            if beginsWord { name.append("_") }
            name.append(character == "." ? "_" : Character(character.uppercased()))
            previous = character
        }
        return name
    }

    static let prefix = "ATRIUM_"

    private static func leaves(
        of schema: Schema, below path: String
    ) -> [(path: String, schema: Schema)] {
        guard case .object(let properties, _) = schema.kind else { return [(path, schema)] }
        return properties.flatMap { property in
            leaves(
                of: property.schema,
                below: path.isEmpty ? property.name : path + "." + property.name)
        }
    }
}

extension Schema {
    var isList: Bool {
        if case .list = kind { true } else { false }
    }

    var isObject: Bool {
        if case .dictionary = kind { true } else { false }
    }

    /// What may be written for it, for a person: `15m`, `true|false`, `[a, b]`.
    var hint: String {
        switch kind {
        case .boolean: "true or false"
        case .integer(let range): range.map { "\($0.lowerBound) to \($0.upperBound)" } ?? "a number"
        case .enumeration(let names): names.joined(separator: ", ")
        case .list(let element, _): "a list of " + element.hint
        case .nullable(let schema): schema.hint
        default: "text"
        }
    }
}

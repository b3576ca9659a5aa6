import Values

/// One thing wrong with the settings: where, from where, and what to do.
package struct SettingsMistake: Hashable, Sendable, CustomStringConvertible {
    /// Empty where it is about no single setting.
    package var path: String
    package var origin: SettingsOrigin?
    package var problem: String

    package var description: String {
        let place = path.isEmpty ? "" : path + " "
        switch origin {
        case nil, .standard: return place + problem
        case let origin? where path.isEmpty: return "\(origin): \(problem)"
        case let origin?: return "\(path) (\(origin)) \(problem)"
        }
    }
}

/// Settings that no server can start with: all that is wrong with them, at once.
package struct SettingsMistakes: Error, Sendable, CustomStringConvertible {
    package let list: [SettingsMistake]

    package var description: String {
        list.map(\.description).joined(separator: "\n")
    }
}

/// What is wrong with a value, in the words of the command line.
enum SettingsWords {
    static func of(_ problem: Invalid) -> String {
        problem.words(rules: rules, unknown: "is no setting")
    }

    private static let rules = [
        "settings.listen": "must be ADDRESS:PORT, such as 127.0.0.1:4000, [::1]:4000 or :8080",
        "settings.network": "must be an address or a network such as 10.0.0.0/8",
        "settings.origin": "must be an origin such as https://app.example.com, without a path",
        "settings.baseURL": "must be a URL such as https://auth.example.com, without a path",
        "settings.databaseURL": "must be postgres://user:password@host/name or sqlite:FILE",
        "settings.path": "must be a path",
        "scope.syntax": "must look like users:read",
        "scopes.count": "has too many scopes",
        "field.syntax": "must be a letter, then letters, digits and underscores",
        "slug.syntax": "must be lower-case letters, digits and single hyphens",
        "slug.reserved": "is reserved",
        "provider.id": "must be lower-case letters, digits and hyphens",
        "provider.url": "must be an https URL; http only on this machine",
        "oauth.scope": "is no scope",
        "oauth.tenant": "must be a tenant's id, common, organizations or consumers",
        "oauth.applePrivateKey": "must be the text of Apple's .p8 file",
        "settings.host": "must be a name such as mail.example.com, or an address",
        "settings.encryptionKey":
            "must be ID:KEY with 32 bytes in base64: make one with `openssl rand -base64 32`",
    ]
}

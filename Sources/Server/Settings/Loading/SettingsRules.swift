import Coding

/// Rules that concern more than one setting. They look at the tree, so that they are checked even
/// where single values are wrong.
struct SettingsRules {
    let tree: SettingsTree
    let environment: RunEnvironment

    var mistakes: [SettingsMistake] {
        (environment == .prod ? missingSecrets : []) + emptyLists + missingSender
            + missingSurface
            + FieldRules(tree: tree).mistakes + ProviderRules(tree: tree).mistakes
    }

    private var missingSecrets: [SettingsMistake] {
        let advice = [
            ("secrets.signing", "BETTER_AUTH_SECRET"), ("secrets.encryption", "ENCRYPTION_KEY"),
        ]
        return advice.filter { isEmpty($0.0) }.map { path, variable in
            SettingsMistake(
                path: path,
                problem: "must be given in prod: set \(variable), "
                    + "for instance to what `openssl rand -base64 32` prints")
        }
    }

    private var emptyLists: [SettingsMistake] {
        guard isEmpty("http.listen") else { return [] }
        return [
            SettingsMistake(
                path: "http.listen", origin: tree.origin(of: "http.listen"),
                problem: "must name an address, such as 127.0.0.1:4000")
        ]
    }

    private var missingSender: [SettingsMistake] {
        guard tree["mail.smtp.host"]?.asString != nil, tree["mail.from"]?.asString == nil else {
            return []
        }
        return [
            SettingsMistake(
                path: "mail.from",
                problem: "must be given with mail.smtp.host: the address that mails are from")
        ]
    }

    /// Files have their addresses on V1, and the effects of the studio are files.
    private var missingSurface: [SettingsMistake] {
        guard has("apps", "studio"), !has("surfaces", "v1") else { return [] }
        return [
            SettingsMistake(
                path: "surfaces", origin: tree.origin(of: "surfaces"),
                problem:
                    "must have v1 where apps has studio: its effects are files, and files have "
                    + "their addresses there")
        ]
    }

    private func has(_ path: String, _ name: String) -> Bool {
        tree[path]?.asList?.contains(.string(name)) ?? false
    }

    private func isEmpty(_ path: String) -> Bool {
        tree[path]?.asList?.isEmpty ?? false
    }
}

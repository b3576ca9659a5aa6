import Coding
import Identity
import Values

/// Rules for `auth.oauth` that concern more than one setting.
struct ProviderRules {
    let tree: SettingsTree

    var mistakes: [SettingsMistake] {
        BuiltInProvider.allCases.flatMap { half($0.rawValue) } + own + untold
    }

    // MARK: Built-in providers

    /// A client id without a secret signs nobody in, nor does a secret alone.
    private func half(_ name: String) -> [SettingsMistake] {
        let path = "auth.oauth." + name
        if name == "apple", !present(["teamID", "keyID", "privateKey"], of: path).isEmpty {
            return missing(["clientID", "teamID", "keyID", "privateKey"], of: path)
        }
        let names = ["clientID", "clientSecret"]
        return present(names, of: path).isEmpty ? [] : missing(names, of: path)
    }

    private func present(_ names: [String], of path: String) -> [String] {
        names.filter { isGiven(tree[path]?[$0]) }
    }

    private func missing(_ names: [String], of path: String) -> [SettingsMistake] {
        names.filter { !isGiven(tree[path]?[$0]) }.map {
            mistake("\(path).\($0)", "is missing")
        }
    }

    // MARK: Others

    private var list: [JSON] { tree["auth.oauth.providers"]?.asList ?? [] }

    private var own: [SettingsMistake] {
        var taken = Set(BuiltInProvider.allCases.map(\.rawValue) + [ProviderID.reserved])
        return list.enumerated().flatMap { index, provider in
            let path = "auth.oauth.providers[\(index)]"
            var mistakes = addresses(of: provider, path) + parameters(of: provider, path)
            if let id = provider["id"]?.asString, !taken.insert(id).inserted {
                mistakes.append(mistake(path + ".id", "is the id of another provider"))
            }
            return mistakes
        }
    }

    /// With an issuer, all others can be found.
    private func addresses(of provider: JSON, _ path: String) -> [SettingsMistake] {
        guard provider.asObject != nil else { return [] }
        if isGiven(provider["issuer"]) { return [] }
        return ["authorizationURL", "tokenURL", "userInfoURL"].filter { !isGiven(provider[$0]) }
            .map { mistake("\(path).\($0)", "must be given where there is no issuer") }
    }

    private func parameters(of provider: JSON, _ path: String) -> [SettingsMistake] {
        let names = provider["parameters"]?.asObject?.names ?? []
        return names.filter(ProviderSettings.reservedParameters.contains).map {
            mistake("\(path).parameters.\($0)", "cannot be set: each sign-in has its own")
        }
    }

    /// Whoever is trusted must be known.
    private var untold: [SettingsMistake] {
        let known =
            BuiltInProvider.allCases.map(\.rawValue) + list.compactMap { $0["id"]?.asString }
        let trusted = tree["auth.linking.trustedProviders"]?.asList ?? []
        return trusted.enumerated().compactMap { index, id in
            guard let id = id.asString, !known.contains(id) else { return nil }
            return mistake(
                "auth.linking.trustedProviders[\(index)]",
                "is no provider" + Suggestion.text(for: id, among: known))
        }
    }

    private func isGiven(_ value: JSON?) -> Bool { value.map { !$0.isNull } ?? false }

    private func mistake(_ path: String, _ problem: String) -> SettingsMistake {
        SettingsMistake(path: path, origin: tree.origin(of: path), problem: problem)
    }
}

import Coding
import Identity
import Values

/// Rules for the fields that settings add to users and sessions: whose names they may not have, that
/// none is there twice, and that a default is what the field may hold.
struct FieldRules {
    let tree: SettingsTree

    var mistakes: [SettingsMistake] {
        mistakes(of: "auth.user.fields", reserved: Self.users)
            + mistakes(of: "auth.session.fields", reserved: Self.sessions)
    }

    /// What each of the surfaces has, what requests bring beside a user, what the program keeps, and
    /// what better-auth's plugins call theirs.
    private static let users: Set<String> = [
        "id", "name", "email", "emailVerified", "image", "createdAt", "updatedAt", "password",
        "newPassword", "currentPassword", "token", "tokens", "fields", "user", "session", "url",
        "redirect", "callbackURL", "rememberMe", "banned", "banReason", "banExpires",
        "deletedEmail", "username", "displayUsername", "isAnonymous", "twoFactorEnabled",
        "phoneNumber", "phoneNumberVerified", "sub", "iss", "aud", "iat", "exp", "nbf", "jti",
        "sid",
        "userId",
    ]
    private static let sessions: Set<String> = [
        "id", "token", "expiresAt", "createdAt", "updatedAt", "ipAddress", "userAgent", "userId",
        "user", "session", "fields", "isCurrent", "activeOrganizationId", "activeTeamId",
        "impersonatedBy", "callbackURL",
    ]

    /// More would make every session's lookup slow.
    private static let fieldsMax = 32

    private func mistakes(of path: String, reserved: Set<String>) -> [SettingsMistake] {
        guard let list = tree[path]?.asList else { return [] }
        var seen: Set<String> = []
        var found: [SettingsMistake] = []
        if list.count > Self.fieldsMax {
            found.append(mistake(path, "has more than \(Self.fieldsMax) fields"))
        }
        for (index, json) in list.enumerated() {
            let place = "\(path)[\(index)]"
            let name = json["name"]?.asString ?? ""
            if reserved.contains(name) {
                found.append(mistake(place + ".name", "\(name) is a name of the program's own"))
            }
            if !name.isEmpty, !seen.insert(name).inserted {
                found.append(mistake(place + ".name", "\(name) is there twice"))
            }
            found += wrongDefault(json, place) + openRole(json, place)
        }
        return found
    }

    /// Clients may see the role that `atrium user role` gives. Nobody gives himself one.
    private func openRole(_ json: JSON, _ place: String) -> [SettingsMistake] {
        guard json["name"] == "role", json["type"] != "text" || json["input"] != false else {
            return []
        }
        return [mistake(place, "role must be text and have input: false")]
    }

    private func wrongDefault(_ json: JSON, _ place: String) -> [SettingsMistake] {
        guard let value = json["default"], !value.isNull,
            let name = try? FieldKey(json["name"]?.asString ?? ""),
            let type = json["type"]?.asString.flatMap(FieldDeclaration.Kind.init(rawValue:))
        else { return [] }
        do throws(Invalid) {
            _ = try FieldDeclaration(name, type).check(value)
            return []
        } catch {
            return [mistake(place + ".default", SettingsWords.of(error))]
        }
    }

    private func mistake(_ path: String, _ problem: String) -> SettingsMistake {
        SettingsMistake(path: path, origin: tree.origin(of: path), problem: problem)
    }
}

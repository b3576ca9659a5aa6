import Coding
import Values

// One reader for each provider that has words of its own.

extension ProviderProfile {
    /// The claims of OpenID Connect (Core §5.1): of an id_token, else of the user-info endpoint.
    ///
    /// An id_token may leave the address to that endpoint. What the endpoint says counts only about
    /// the same `sub` (Core §5.3.2).
    static func openID(_ words: ProviderWords) -> ProviderProfile? {
        guard let claims = words.claims else { return words.userInfo.flatMap(openID) }
        guard let userInfo = words.userInfo?.asObject else { return openID(claims) }
        guard let subject = claims["sub"], userInfo["sub"] == subject else { return nil }
        var all = claims.asObject ?? [:]
        for member in userInfo.members where all[member.name] == nil {
            all[member.name] = member.value
        }
        return openID(.object(all))
    }

    private static func openID(_ claims: JSON) -> ProviderProfile? {
        ProviderProfile(
            id: claims["sub"], email: claims["email"], isVerified: claims["email_verified"],
            name: first(claims["name"], claims["preferred_username"]), image: claims["picture"],
            data: claims)
    }

    /// Of plain OAuth 2.0, for which nobody has said how a user-info endpoint answers: an `id`, or
    /// OpenID Connect's members.
    static func plain(_ words: ProviderWords) -> ProviderProfile? {
        guard var user = words.userInfo?.asObject else { return nil }
        let id = user["id"].flatMap { $0.isNull ? nil : $0 } ?? user["sub"]
        // better-auth's names stand beside the provider's own.
        let isVerified = user["email_verified"] ?? false
        user["emailVerified"] = isVerified
        user["image"] = user["picture"] ?? .null
        return ProviderProfile(
            id: id, email: user["email"], isVerified: isVerified, name: user["name"],
            image: user["picture"], data: .object(user))
    }

    /// The address may be private: then it is the primary one of the list, and that list alone says
    /// whether one is verified.
    static func github(_ words: ProviderWords) -> ProviderProfile? {
        guard var user = words.userInfo?.asObject else { return nil }
        let emails = words.emails?.asList ?? []
        if text(user["email"]) == nil {
            let chosen = emails.first { $0["primary"] == true } ?? emails.first
            user["email"] = chosen?["email"] ?? .null
        }
        let listed = emails.first { $0["email"] == user["email"] }
        return ProviderProfile(
            id: user["id"], email: user["email"], isVerified: listed?["verified"],
            name: first(user["name"], user["login"]), image: user["avatar_url"],
            data: .object(user))
    }

    /// The id is the object's in its tenant: `sub` differs for each program. Entra ID says that an
    /// address is verified by listing it.
    static func microsoft(_ words: ProviderWords) -> ProviderProfile? {
        guard let claims = words.claims, let email = claims["email"] else {
            return words.claims.flatMap { microsoft($0, isVerified: nil) }
        }
        let listed = ["verified_primary_email", "verified_secondary_email"].contains {
            claims[$0]?.asList?.contains(email) ?? false
        }
        return microsoft(claims, isVerified: claims["email_verified"] ?? .boolean(listed))
    }

    private static func microsoft(_ claims: JSON, isVerified: JSON?) -> ProviderProfile? {
        ProviderProfile(
            id: claims["oid"], email: claims["email"], isVerified: isVerified,
            name: claims["name"], image: claims["picture"], data: claims)
    }

    static func discord(_ words: ProviderWords) -> ProviderProfile? {
        guard let user = words.userInfo else { return nil }
        return ProviderProfile(
            id: user["id"], email: user["email"], isVerified: user["verified"],
            name: first(user["global_name"], user["username"]), image: avatar(of: user),
            data: user)
    }

    /// Pictures that move have names of their own.
    private static func avatar(of user: JSON) -> JSON? {
        guard let id = text(user["id"]), let name = text(user["avatar"]) else { return nil }
        let type = name.hasPrefix("a_") ? "gif" : "png"
        return .string("https://cdn.discordapp.com/avatars/\(id)/\(name).\(type)")
    }

    /// A blocked user is none.
    static func gitlab(_ words: ProviderWords) -> ProviderProfile? {
        guard let user = words.userInfo, user["state"] == "active", user["locked"] != true else {
            return nil
        }
        return ProviderProfile(
            id: user["id"], email: user["email"], isVerified: user["email_verified"],
            name: first(user["name"], user["username"]), image: user["avatar_url"], data: user)
    }

    /// Of the Graph API, or of Limited Login's id_token, which vouches for no address.
    static func facebook(_ words: ProviderWords) -> ProviderProfile? {
        if let user = words.userInfo {
            return ProviderProfile(
                id: user["id"], email: user["email"], isVerified: user["email_verified"],
                name: user["name"], image: user["picture"]?["data"]?["url"], data: user)
        }
        guard let claims = words.claims else { return nil }
        return ProviderProfile(
            id: claims["sub"], email: claims["email"], isVerified: false, name: claims["name"],
            image: claims["picture"], data: claims)
    }

    /// The name comes once, beside the first code, and is nobody's word but the browser's.
    static func apple(_ words: ProviderWords) -> ProviderProfile? {
        guard let claims = words.claims else { return nil }
        let given = ["firstName", "lastName"].compactMap { text(words.form?["name"]?[$0]) }
        let name = given.isEmpty ? claims["name"] : .string(given.joined(separator: " "))
        return ProviderProfile(
            id: claims["sub"], email: claims["email"], isVerified: claims["email_verified"],
            name: name, image: nil, data: claims)
    }

    static func spotify(_ words: ProviderWords) -> ProviderProfile? {
        guard let user = words.userInfo else { return nil }
        return ProviderProfile(
            id: user["id"], email: user["email"], isVerified: false, name: user["display_name"],
            image: user["images"]?[0]?["url"], data: user)
    }

    static func twitch(_ words: ProviderWords) -> ProviderProfile? {
        guard let claims = words.claims else { return nil }
        return ProviderProfile(
            id: claims["sub"], email: claims["email"], isVerified: claims["email_verified"],
            name: claims["preferred_username"], image: claims["picture"], data: claims)
    }

    /// An address that X gives out is one that it calls confirmed.
    static func twitter(_ words: ProviderWords) -> ProviderProfile? {
        guard let user = words.userInfo, let data = user["data"] else { return nil }
        let email = data["confirmed_email"]
        return ProviderProfile(
            id: data["id"], email: email, isVerified: .boolean(text(email) != nil),
            name: first(data["name"], data["username"]), image: data["profile_image_url"],
            data: user)
    }

    static func slack(_ words: ProviderWords) -> ProviderProfile? {
        guard let user = words.userInfo else { return nil }
        return ProviderProfile(
            id: user["https://slack.com/user_id"], email: user["email"],
            isVerified: user["email_verified"], name: user["name"],
            image: first(user["picture"], user["https://slack.com/user_image_512"]), data: user)
    }
}

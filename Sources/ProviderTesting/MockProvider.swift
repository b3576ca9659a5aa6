import Coding
import HTTP

/// The well-behaved OAuth 2.0 provider that recorded exchanges of better-auth were made with. It
/// keeps nothing: a code is base64url of what it stands for, `{"sub","email","name",…}`, and tokens are
/// made of codes.
package enum MockProvider {
    /// Serves `/authorize`, `/token` and `/userinfo`.
    package static func start(port: Int = 0) throws -> ProviderServer {
        try ProviderServer(port: port) { await answer($0) }
    }

    /// The code with which somebody comes back.
    package static func code(for user: JSON) -> String { Base64URL.encode(user.bytes()) }

    static func answer(_ request: Request) async -> Response {
        let parameters = await request.parameters()
        switch (request.method, request.path) {
        case (_, "/authorize"): return authorize(parameters)
        case (.post, "/token"): return token(parameters)
        case (_, "/userinfo"): return userInfo(request[.authorization] ?? "")
        default: return json(["error": "not_found"], .notFound)
        }
    }

    /// Consents at once: the hint is the code.
    private static func authorize(_ parameters: [String: String]) -> Response {
        guard let target = parameters["redirect_uri"] else {
            return json(["error": "no redirect_uri"], .internalServerError)
        }
        let answer = [
            (name: "code", text: parameters["login_hint"] ?? "none"),
            (name: "state", text: parameters["state"] ?? ""),
        ]
        return .redirect(
            to: target + (target.contains("?") ? "&" : "?") + FormURLEncoded.encode(answer))
    }

    private static func token(_ parameters: [String: String]) -> Response {
        if parameters["grant_type"] == "refresh_token" {
            let token = parameters["refresh_token"] ?? ""
            guard token.hasPrefix("rt-"), token != "rt-bad" else {
                return refused("invalid refresh token")
            }
            return tokens("at2-" + token.dropFirst(3), refresh: token)
        }
        let code = parameters["code"] ?? ""
        guard user(code) != nil else { return refused("invalid code") }
        return tokens("at-" + code, refresh: "rt-" + code)
    }

    private static func tokens(_ access: String, refresh: String) -> Response {
        json([
            "access_token": .string(access), "refresh_token": .string(refresh),
            "expires_in": 3600, "token_type": "Bearer", "scope": "openid email profile",
        ])
    }

    private static func refused(_ reason: String) -> Response {
        json(["error": "invalid_grant", "error_description": .string(reason)], .badRequest)
    }

    private static func userInfo(_ authorization: String) -> Response {
        let marks = ["Bearer at-", "Bearer at2-"]
        guard let mark = marks.first(where: authorization.hasPrefix) else {
            return json(["error": "invalid_token"], .unauthorized)
        }
        guard let user = user(authorization.dropFirst(mark.count)) else {
            return json(["error": "no such code"], .internalServerError)
        }
        var answer: JSONObject = [:]
        answer["id"] = user["sub"]
        for name in ["sub", "email", "name"] { answer[name] = user[name] }
        answer["picture"] = user["picture"] ?? .null
        answer["email_verified"] = user["email_verified"] ?? true
        return json(.object(answer))
    }

    private static func user(_ code: some StringProtocol) -> JSON? {
        Base64URL.decode(code).flatMap { try? JSON(parsing: $0) }
    }

    static func json(_ value: JSON, _ status: Status = .ok) -> Response {
        .json(value.bytes(), status: status)
    }
}

import Coding
import Secrets
import Values

/// Signs and reads access tokens: JWTs that name a user and a session and live a quarter of an hour.
package struct AccessTokens: Sendable {
    let keys: SigningKeys
    let settings: TokenSettings
    /// The server's base URL.
    package let issuer: String

    /// What an access token says (RFC 7519 §4.1; `sid` as in OpenID Connect).
    package struct Claims: Codable, Sendable {
        package let iss: String
        package let sub: String
        package let userId: String
        package let sid: String
        package let iat: Int64
        package let exp: Int64
    }

    /// A signed token with its end, both ways that surfaces tell it.
    package struct Issued: Sendable {
        package let token: String
        package let expiresAt: Instant
        package let expiresIn: Duration
    }

    package func issue(for active: ActiveSession, at now: Instant) throws -> Issued {
        let lifetime = settings.accessExpiresAfter.duration
        let claims = Claims(
            iss: issuer, sub: active.user.id.description, userId: active.user.id.description,
            sid: active.session.id.description, iat: now.seconds, exp: (now + lifetime).seconds)
        return Issued(
            token: try JWT.sign(claims, with: try keys.current), expiresAt: now + lifetime,
            expiresIn: lifetime)
    }

    /// A token that tells other services who a user is, and lives as long as an access token. It is none:
    /// it names no session, so a service that has been shown one can do nothing with it here.
    package func introduce(
        _ user: User, saying profile: JSONObject, to audience: String, at now: Instant
    ) throws -> String {
        var claims = profile
        claims["iat"] = .integer(now.seconds)
        claims["exp"] = .integer((now + settings.accessExpiresAfter.duration).seconds)
        claims["sub"] = .string(user.id.description)
        claims["iss"] = .string(issuer)
        claims["aud"] = .string(audience)
        return JWT.sign(JSON.object(claims), with: try keys.current, type: nil)
    }

    /// The session that a valid token names. Whether it has been revoked is not known here.
    package func session(of token: String, at now: Instant) async throws -> ID<Session>? {
        try await keys.verify(token, at: now)?.claims["sid"]?.asString.flatMap(ID.init)
    }
}

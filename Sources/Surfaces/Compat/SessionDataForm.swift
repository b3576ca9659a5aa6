import Coding
import Secrets
import Values

/// How `session_data` is written, in better-auth's three ways. All of them can be told from what
/// somebody made up; `jwe` can also not be read by pages and proxies.
package enum SessionDataForm: String, Codable, CaseIterable, Sendable {
    case compact, jwt, jwe
}

/// Writes and reads `session_data`.
struct SessionDataCoder: Sendable {
    private let form: SessionDataForm
    private let secrets: SigningSecrets
    private let keys: [JWEKey]
    private let randomness: Randomness

    init(_ form: SessionDataForm, _ secrets: SigningSecrets, _ randomness: Randomness) {
        (self.form, self.secrets, self.randomness) = (form, secrets, randomness)
        keys = form == .jwe ? secrets.all.map(Self.key) : []
    }

    /// As better-auth derives it, so that a helper of its own for pages can open the cookie.
    private static func key(of secret: Secret<[UInt8]>) -> JWEKey {
        JWEKey(
            deriving: secret, salt: Array("better-auth-session".utf8),
            info: Array("BetterAuth.js Generated Encryption Key".utf8))
    }

    func text(of data: SessionData, at now: Instant) -> String {
        switch form {
        case .compact: return compact(data)
        case .jwt: return JWT.sign(.object(claims(of: data, at: now)), with: secrets)
        case .jwe:
            var claims = claims(of: data, at: now)
            claims["jti"] = .string(ID<SessionData>(at: now, from: randomness).description)
            return JWE.seal(JSON.object(claims).bytes(), with: keys[0], from: randomness)
        }
    }

    /// Nil for what none of the secrets has made, and for a token that has ended.
    func data(in text: String, at now: Instant) -> SessionData? {
        let claims: JSON?
        switch form {
        case .compact: return compact(text)
        case .jwt:
            claims = try? JWT.verify(text, secrets: secrets, at: now, rules: Self.rules).claims
        case .jwe: claims = JWE.claims(of: text, keys: keys, at: now, rules: Self.rules)
        }
        guard let content = claims?.asObject, let end = content["exp"]?.asInteger,
            (0...Self.latest / 1000).contains(end)
        else { return nil }
        return SessionData(content, endsAt: Instant(microseconds: end * 1_000_000))
    }

    // MARK: Web tokens

    private func claims(of data: SessionData, at now: Instant) -> JSONObject {
        var claims = data.content
        claims["iat"] = .integer(now.milliseconds / 1000)
        claims["exp"] = .integer(data.endsAt.milliseconds / 1000)
        return claims
    }

    private static let rules: JWTRules = {
        var rules = JWTRules()
        rules.maximumBytes = 65_536
        return rules
    }()

    // MARK: Compact

    /// What comes from outside may be too big a number for microseconds.
    private static let latest = Int64.max / 1000

    private func compact(_ data: SessionData) -> String {
        let end = data.endsAt.milliseconds
        let signature = Self.signature(of: Self.signed(data.content, end), secrets.current)
        let whole: JSON = [
            "session": .object(data.content), "expiresAt": .integer(end),
            "signature": .string(signature),
        ]
        return Base64URL.encode(whole.bytes())
    }

    private func compact(_ text: String) -> SessionData? {
        guard let bytes = Base64URL.decode(text), let json = try? JSON(parsing: bytes),
            let content = json["session"]?.asObject, let end = json["expiresAt"]?.asInteger,
            let signature = json["signature"]?.asString, (0...Self.latest).contains(end)
        else { return nil }
        let signed = Self.signed(content, end)
        let isSigned = secrets.all.contains { secret in
            constantTimeEquals(Self.signature(of: signed, secret), signature)
        }
        return isSigned ? SessionData(content, endsAt: Instant(microseconds: end * 1000)) : nil
    }

    private static func signed(_ content: JSONObject, _ end: Int64) -> [UInt8] {
        var content = content
        content["expiresAt"] = .integer(end)
        return JSON.object(content).bytes()
    }

    private static func signature(of bytes: [UInt8], _ secret: Secret<[UInt8]>) -> String {
        HMAC.sha256(bytes, key: secret.exposed).base64URL
    }
}

import Coding
import Values

/// JSON Web Encryption in compact form (RFC 7516) with a key that both sides have: `dir` and
/// `A256CBC-HS512`, and nothing else.
///
/// As with `JWT` the one who opens names the keys, so that a header can choose neither an algorithm
/// nor a key of its own. Nothing is decrypted before its tag was compared.
package enum JWE {
    /// The header is `alg`, `enc` and `kid`.
    package static func seal(
        _ text: [UInt8], with key: JWEKey, from randomness: Randomness
    ) -> String {
        let header: JSON = [
            "alg": .string(algorithm), "enc": .string(encryption), "kid": .string(key.id),
        ]
        let protected = Base64URL.encode(header.bytes())
        let sealed = AESCBC.seal(
            text, key: key.bytes.exposed, vector: randomness.bytes(AESCBC.blockCount),
            authenticating: Array(protected.utf8))
        return [
            protected, "", Base64URL.encode(sealed.vector), Base64URL.encode(sealed.text),
            Base64URL.encode(sealed.tag),
        ].joined(separator: ".")
    }

    /// Nil for what none of the keys has sealed.
    package static func open(
        _ token: String, keys: [JWEKey], maximumBytes: Int = 65_536
    ) -> [UInt8]? {
        guard token.utf8.count <= maximumBytes else { return nil }
        let parts = token.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .map(Substring.init)
        guard parts.count == 5, parts[1].isEmpty,
            let header = Base64URL.decode(parts[0]), let vector = Base64URL.decode(parts[2]),
            let text = Base64URL.decode(parts[3]), let tag = Base64URL.decode(parts[4]),
            let key = key(named: header, among: keys)
        else { return nil }
        return AESCBC.open(
            AESCBC.Sealed(vector: vector, text: text, tag: tag), key: key.bytes.exposed,
            authenticating: Array(parts[0].utf8))
    }

    /// An encrypted web token (RFC 7519): its claims, if they say that it is still good.
    package static func claims(
        of token: String, keys: [JWEKey], at now: Instant, rules: JWTRules = JWTRules()
    ) -> JSON? {
        guard let text = open(token, keys: keys), let claims = try? JSON(parsing: text),
            claims.asObject != nil, (try? rules.check(claims, at: now)) != nil
        else { return nil }
        return claims
    }

    private static let algorithm = "dir"
    private static let encryption = "A256CBC-HS512"

    /// What a header must be that we read: `crit` and `zip` change what a token means.
    private static func key(named header: [UInt8], among keys: [JWEKey]) -> JWEKey? {
        guard let header = try? JSON(parsing: header),
            header["alg"] == .string(algorithm), header["enc"] == .string(encryption),
            header["crit"] == nil, header["zip"] == nil
        else { return nil }
        return keys.first { header["kid"] == .string($0.id) }
    }
}

import COpenSSL
import Coding

extension VerifyingKey {
    /// The key of a JWK (RFC 7517): `OKP` with Ed25519, `EC` with P-256, `RSA`. One without a `kid`
    /// gets its thumbprint. Members that are not needed are not looked at.
    package init(jwk: JSON) throws(SigningKeyError) {
        guard let type = jwk["kty"]?.asString else { throw .malformed }
        if let use = jwk["use"], use != "sig" { throw .unsupported }
        let key =
            switch type {
            case "OKP": try Self.edwards(jwk)
            case "EC": try Self.elliptic(jwk)
            case "RSA": try Self.rsa(jwk)
            default: throw SigningKeyError.unsupported
            }
        guard let key else { throw .malformed }
        try self.init(key, id: jwk["kid"]?.asString)
        if let algorithm = jwk["alg"], algorithm != .string(self.algorithm.rawValue) {
            throw .unsupported
        }
    }

    /// The public JWK, with `kid` and `alg`, which says that it is for signatures.
    package var jwk: JSON {
        let type: String
        switch algorithm {
        case .edDSA: type = "OKP"
        case .es256: type = "EC"
        case .rs256: type = "RSA"
        }
        var jwk: JSONObject = ["kty": .string(type)]
        for member in members { jwk[member.name] = .string(member.value) }
        jwk["kid"] = .string(id)
        jwk["alg"] = .string(algorithm.rawValue)
        return .object(jwk)
    }

    /// RFC 7638: the digest of the required members, sorted, as JSON without spaces.
    static func thumbprint(of members: [(name: String, value: String)]) -> String {
        // None of these values needs an escape.
        let text = members.map { "\"\($0.name)\":\"\($0.value)\"" }.joined(separator: ",")
        return SHA256.digest(of: "{\(text)}").base64URL
    }

    static func members(
        of key: OpenSSLKey, _ algorithm: SigningAlgorithm
    ) -> [(name: String, value: String)] {
        switch algorithm {
        case .edDSA:
            [("crv", "Ed25519"), ("kty", "OKP"), ("x", Base64URL.encode(key.rawPublicKey))]
        case .es256:
            [
                ("crv", "P-256"), ("kty", "EC"),
                ("x", Base64URL.encode(key.number(OSSL_PKEY_PARAM_EC_PUB_X, count: 32))),
                ("y", Base64URL.encode(key.number(OSSL_PKEY_PARAM_EC_PUB_Y, count: 32))),
            ]
        case .rs256:
            [
                ("e", Base64URL.encode(key.number(OSSL_PKEY_PARAM_RSA_E))), ("kty", "RSA"),
                ("n", Base64URL.encode(key.number(OSSL_PKEY_PARAM_RSA_N))),
            ]
        }
    }

    private static func edwards(_ jwk: JSON) throws(SigningKeyError) -> OpenSSLKey? {
        guard jwk["crv"] == "Ed25519" else { throw .unsupported }
        let x = try bytes("x", of: jwk)
        guard x.count == 32 else { throw .malformed }
        return OpenSSLKey(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, x, x.count))
    }

    private static func elliptic(_ jwk: JSON) throws(SigningKeyError) -> OpenSSLKey? {
        guard jwk["crv"] == "P-256" else { throw .unsupported }
        let (x, y) = (try bytes("x", of: jwk), try bytes("y", of: jwk))
        guard x.count == 32, y.count == 32 else { throw .malformed }
        return OpenSSLKey(openssl_public_p256([4] + x + y, 65))
    }

    private static func rsa(_ jwk: JSON) throws(SigningKeyError) -> OpenSSLKey? {
        let (n, e) = (try bytes("n", of: jwk), try bytes("e", of: jwk))
        // An exponent as long as the modulus would make each verification as slow as a signature.
        guard n.count <= SigningAlgorithm.rsaBits.upperBound / 8 + 1 else { throw .wrongSize }
        guard (1...4).contains(e.count), e.last.map({ $0 & 1 }) == 1, e != [1] else {
            throw .malformed
        }
        return OpenSSLKey(openssl_public_rsa(n, n.count, e, e.count))
    }

    private static func bytes(
        _ name: String, of jwk: JSON
    ) throws(SigningKeyError) -> [UInt8] {
        guard let text = jwk[name]?.asString, let bytes = Base64URL.decode(text) else {
            throw .malformed
        }
        return bytes
    }
}

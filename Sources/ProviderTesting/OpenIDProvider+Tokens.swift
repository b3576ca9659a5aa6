import Coding
import HTTP
import Secrets
import Values

extension OpenIDProvider {
    func token(_ parameters: [String: String], _ authorization: String?) -> Response {
        guard isClient(parameters, authorization) else { return refused("invalid_client") }
        switch parameters["grant_type"] {
        case "authorization_code": return redeem(parameters)
        case "refresh_token": return refresh(parameters["refresh_token"] ?? "")
        default: return refused("unsupported_grant_type")
        }
    }

    /// By either way of RFC 6749 §2.3.1, but not by both.
    private func isClient(_ parameters: [String: String], _ authorization: String?) -> Bool {
        guard let authorization else {
            return parameters["client_id"] == clientID
                && parameters["client_secret"] == clientSecret
        }
        let proof = PercentEncoding.encode(clientID) + ":" + PercentEncoding.encode(clientSecret)
        return parameters["client_secret"] == nil
            && authorization == "Basic " + Base64.encode(Array(proof.utf8))
    }

    /// A code is gone when it is shown, rightly or not.
    private func redeem(_ parameters: [String: String]) -> Response {
        let code = parameters["code"] ?? ""
        guard let grant = state.withLock({ $0.codes.removeValue(forKey: code) }),
            grant.redirectURI == parameters["redirect_uri"],
            grant.challenge == parameters["code_verifier"].map(Self.challenge)
        else { return refused("invalid_grant") }
        return tokens(for: grant)
    }

    private static func challenge(of verifier: String) -> String {
        SHA256.digest(of: verifier).base64URL
    }

    private func refresh(_ token: String) -> Response {
        guard let grant = state.withLock({ $0.refreshing.removeValue(forKey: token) }) else {
            return refused("invalid_grant")
        }
        return tokens(for: grant)
    }

    private func tokens(for grant: Grant) -> Response {
        let (access, refresh) = (Self.secret(), Self.secret())
        let (lies, key, seconds) = state.withLock { state in
            state.people[access] = grant.person
            state.refreshing[refresh] = grant
            return (state.lies, state.key, state.tokensLiveFor)
        }
        var answer: JSONObject = [
            "access_token": .string(access), "refresh_token": .string(refresh),
            "token_type": lies.contains(.otherTokenType) ? "mac" : "Bearer",
            "expires_in": .integer(seconds), "scope": .string(grant.scope),
        ]
        answer["id_token"] = idToken(for: grant, lies, key).map { .string($0) }
        return MockProvider.json(.object(answer))
    }

    private func refused(_ error: String) -> Response {
        MockProvider.json(["error": .string(error)], .badRequest)
    }

    func userInfo(_ authorization: String, _ lies: Set<Lie>) -> Response {
        let token = String(authorization.dropFirst("Bearer ".count))
        guard authorization.hasPrefix("Bearer "),
            let person = state.withLock({ $0.people[token] })
        else { return MockProvider.json(["error": "invalid_token"], .unauthorized) }
        var claims = self.claims(of: person, lies)
        if lies.contains(.otherSubjectInUserInfo) { claims["sub"] = "somebody-else" }
        // The endpoint is where an address is when the id_token has none.
        claims["email"] = .string(person.email)
        return MockProvider.json(.object(claims))
    }

    private func claims(of person: Person, _ lies: Set<Lie>) -> JSONObject {
        let isVerified = person.isVerified && !lies.contains(.unverifiedAddress)
        var claims: JSONObject = [
            "sub": .string(person.subject), "email": .string(person.email),
            "email_verified": .boolean(isVerified), "name": .string(person.name),
        ]
        if lies.contains(.noAddress) { claims["email"] = nil }
        return claims
    }
}

// MARK: id_tokens

extension OpenIDProvider {
    /// One that an app gets without us.
    package func idToken(nonce: String?) -> String? {
        let (person, lies, key) = state.withLock { ($0.person, $0.lies, $0.key) }
        let grant = Grant(
            redirectURI: "", challenge: nil, nonce: nonce, scope: "openid", person: person)
        return idToken(for: grant, lies, key)
    }

    private func idToken(for grant: Grant, _ lies: Set<Lie>, _ key: SigningKey) -> String? {
        if lies.contains(.noIDToken) { return nil }
        if lies.contains(.garbledIDToken) { return "not.a.token" }
        return sign(.object(idClaims(for: grant, lies)), lies, key)
    }

    private func idClaims(for grant: Grant, _ lies: Set<Lie>) -> JSONObject {
        let now = clock.now.microseconds / 1_000_000
        var claims = self.claims(of: grant.person, lies)
        claims["iss"] = .string(lies.contains(.otherIssuer) ? "https://other.example" : issuer)
        claims["aud"] = .string(lies.contains(.otherAudience) ? "another-client" : clientID)
        claims["iat"] = .integer(lies.contains(.notYetValid) ? now + 600 : now)
        claims["exp"] = .integer(lies.contains(.expired) ? now - 600 : now + 600)
        claims["nonce"] = grant.nonce.map { .string($0) }
        if lies.contains(.otherNonce) { claims["nonce"] = "another-nonce" }
        if lies.contains(.noNonce) { claims["nonce"] = nil }
        if lies.contains(.noSubject) { claims["sub"] = nil }
        return claims
    }

    private func sign(_ claims: JSON, _ lies: Set<Lie>, _ key: SigningKey) -> String? {
        if lies.contains(.unsigned) {
            return Self.input(["alg": "none"], claims) + "."
        }
        if lies.contains(.signedWithThePublicKey) {
            let input = Self.input(["alg": "HS256", "kid": .string(key.id)], claims)
            let secret = key.verifyingKey.jwk.bytes()
            return input + "." + HMAC.sha256(input, key: secret).base64URL
        }
        let type: String? = lies.contains(.otherKindOfToken) ? "at+jwt" : "JWT"
        return signer(lies, key).map { JWT.sign(claims, with: $0, type: type) }
    }

    /// Another key is under its own id, or under that of the published one.
    private func signer(_ lies: Set<Lie>, _ key: SigningKey) -> SigningKey? {
        if lies.contains(.signedWithAnUnknownKey) { return try? SigningKey.generate(.es256) }
        if lies.contains(.signedWithAnotherKey) {
            return try? SigningKey.generate(.es256, id: key.id)
        }
        return key
    }

    private static func input(_ header: JSON, _ claims: JSON) -> String {
        Base64URL.encode(header.bytes()) + "." + Base64URL.encode(claims.bytes())
    }
}

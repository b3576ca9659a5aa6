import Coding
import Secrets
import Testing
import Values

@Suite struct JWTTests {
    private static let then = Instant(seconds: 1_300_819_379)
    private let now = Instant(seconds: 1_800_000_000)
    private let claims: JSON = ["sub": "u1", "iat": 1_800_000_000, "exp": 1_800_000_900]

    private func token(
        _ claims: JSON, header: JSON, signedBy key: SigningKey
    ) -> String {
        let signed =
            Base64URL.encode(header.bytes()) + "." + Base64URL.encode(claims.bytes())
        return signed + "." + Base64URL.encode(key.sign(signed))
    }

    // MARK: Vectors

    @Test(arguments: [
        (JOSEVectors.rs256, JOSEVectors.rsaKey), (JOSEVectors.es256, JOSEVectors.ellipticKey),
    ])
    func `tokens of RFC 7515 verify`(token: String, jwk: JSON) throws {
        let keys = KeySet([try VerifyingKey(jwk: jwk)])
        let verified = try JWT.verify(token, keys: keys, at: Self.then)
        #expect(verified.claims["iss"] == "joe")
        #expect(verified.claims["http://example.com/is_root"] == true)
    }

    @Test func `the HS256 token of RFC 7515 verifies with its secret only`() throws {
        let secret = try #require(Base64URL.decode(JOSEVectors.sharedSecret))
        let token = JOSEVectors.hs256
        let verified = try JWT.verify(
            token, secrets: SigningSecrets(Secret(secret)), at: Self.then)
        #expect(verified.claims["iss"] == "joe")
        #expect(throws: JWTError.wrongSignature) {
            try JWT.verify(token, secrets: SigningSecrets(Secret("other")), at: Self.then)
        }
    }

    // MARK: Round trips

    @Test(arguments: SigningAlgorithm.allCases)
    func `what is signed verifies, and no changed bit of it`(algorithm: SigningAlgorithm) throws {
        let key = try SigningKey.generate(algorithm, id: "k1")
        let keys = KeySet([key.verifyingKey])
        let token = JWT.sign(claims, with: key)
        let verified = try JWT.verify(token, keys: keys, at: now)
        #expect(verified.claims == claims)
        #expect(verified.keyID == "k1")
        #expect(verified.payload == claims.bytes())
        let bytes = Array(token.utf8)
        for bit in stride(from: 0, to: bytes.count * 8, by: 5) {
            var changed = bytes
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            let text = String(decoding: changed, as: UTF8.self)
            #expect(throws: JWTError.self) { try JWT.verify(text, keys: keys, at: now) }
        }
    }

    @Test func `claims may be a type`() throws {
        struct Access: Codable, Equatable { var sub: String, exp: Int64 }
        let key = try SigningKey.generate()
        let access = Access(sub: "u1", exp: 1_800_000_900)
        let token = try JWT.sign(access, with: key)
        let verified = try JWT.verify(token, keys: KeySet([key.verifyingKey]), at: now)
        #expect(try JSONCoder.decode(Access.self, from: verified.payload) == access)
    }

    @Test func `mail tokens are signed as better-auth signs them`() throws {
        let secrets = SigningSecrets(Secret("better-auth-secret-of-thirty-two"))
        let token = JWT.sign(["email": "a@example.com", "exp": 1_800_000_900], with: secrets)
        #expect(token.hasPrefix("eyJhbGciOiJIUzI1NiJ9."))
        let next = SigningSecrets(
            Secret("next"), previous: [Secret("better-auth-secret-of-thirty-two")])
        #expect(try JWT.verify(token, secrets: next, at: now).claims["email"] == "a@example.com")
    }

    // MARK: Confusion

    @Test func `a header does not choose the algorithm`() throws {
        let edwards = try SigningKey.generate(.edDSA, id: "k1")
        let elliptic = try SigningKey.generate(.es256, id: "k1")
        let keys = KeySet([edwards.verifyingKey])
        let foreign = JWT.sign(claims, with: elliptic)
        #expect(throws: JWTError.wrongAlgorithm) { try JWT.verify(foreign, keys: keys, at: now) }
        for algorithm in ["none", "None", "", "eddsa", "HS256", "RS512", "EdDSA "] {
            let token = token(
                claims, header: ["alg": .string(algorithm), "kid": "k1"], signedBy: edwards)
            #expect(throws: JWTError.wrongAlgorithm) { try JWT.verify(token, keys: keys, at: now) }
        }
        #expect(throws: JWTError.wrongAlgorithm) {
            try JWT.verify(JOSEVectors.unsigned, keys: keys, at: Self.then)
        }
    }

    @Test func `a public key is no shared secret`() throws {
        let rsa = try VerifyingKey(jwk: JOSEVectors.rsaKey)
        let forged = JWT.sign(claims, with: SigningSecrets(Secret(rsa.jwk.bytes())))
        #expect(throws: JWTError.wrongAlgorithm) {
            try JWT.verify(forged, keys: KeySet([rsa]), at: now)
        }
        let genuine = JWT.sign(claims, with: try SigningKey.generate())
        #expect(throws: JWTError.wrongAlgorithm) {
            try JWT.verify(genuine, secrets: SigningSecrets(Secret("secret")), at: now)
        }
    }

    @Test func `the key is the one that the header names`() throws {
        let (one, two) = (try SigningKey.generate(id: "1"), try SigningKey.generate(id: "2"))
        let both = KeySet([one.verifyingKey, two.verifyingKey])
        #expect(try JWT.verify(JWT.sign(claims, with: two), keys: both, at: now).keyID == "2")
        #expect(throws: JWTError.unknownKey) {
            try JWT.verify(
                JWT.sign(claims, with: two), keys: KeySet([one.verifyingKey]), at: now)
        }
        let crossed = token(claims, header: ["alg": "EdDSA", "kid": "1"], signedBy: two)
        #expect(throws: JWTError.wrongSignature) { try JWT.verify(crossed, keys: both, at: now) }
        let nameless = token(claims, header: ["alg": "EdDSA"], signedBy: two)
        #expect(throws: JWTError.unknownKey) { try JWT.verify(nameless, keys: both, at: now) }
        #expect(
            try JWT.verify(nameless, keys: KeySet([two.verifyingKey]), at: now).keyID == "2")
    }

    @Test(
        arguments: [
            (["alg": "EdDSA", "crit": ["exp"]], .criticalExtension),
            (["alg": "EdDSA", "crit": []], .criticalExtension),
            (["alg": "EdDSA", "b64": false], .criticalExtension),
            (["alg": "EdDSA", "typ": "logout+jwt"], .wrongType),
            (["alg": "EdDSA", "typ": 1], .malformed),
            (["alg": "EdDSA", "kid": 1], .malformed),
            (["alg": ["EdDSA"]], .malformed),
            (["kid": "k1"], .malformed),
            (["EdDSA"], .malformed),
            (.null, .malformed),
        ] as [(JSON, JWTError)])
    func `a header that says more than it may is refused`(header: JSON, error: JWTError) throws {
        let key = try SigningKey.generate(id: "k1")
        let token = token(claims, header: header, signedBy: key)
        #expect(throws: error) {
            try JWT.verify(token, keys: KeySet([key.verifyingKey]), at: now)
        }
    }

    @Test func `the type is compared in any case`() throws {
        let key = try SigningKey.generate()
        let keys = KeySet([key.verifyingKey])
        var rules = JWTRules()
        for type in ["JWT", "jwt", "application/jwt"] {
            _ = try JWT.verify(JWT.sign(claims, with: key, type: type), keys: keys, at: now)
        }
        rules.type = "at+jwt"
        #expect(throws: JWTError.wrongType) {
            try JWT.verify(JWT.sign(claims, with: key), keys: keys, at: now, rules: rules)
        }
        rules.requiresType = true
        let untyped = token(claims, header: ["alg": "EdDSA"], signedBy: key)
        #expect(throws: JWTError.wrongType) {
            try JWT.verify(untyped, keys: keys, at: now, rules: rules)
        }
    }

    // MARK: Claims

    @Test(
        arguments: [
            (["exp": 1_800_000_000], -1, nil), (["exp": 1_800_000_000], 4, nil),
            (["exp": 1_800_000_000], 5, .expired), (["exp": 1_800_000_000], 10_000_000, .expired),
            (["exp": 1_800_000_000.5], 5, nil), (["exp": 1e300], 0, nil),
            (["exp": -1e300], 0, .expired),
            (["exp": 9_223_372_036_854_775_807], 0, nil), (["exp": "1800000900"], 0, .malformed),
            (["exp": .null], 0, .malformed), (["sub": "x"], 0, .noExpiry),
            (["exp": 1_800_000_900, "nbf": 1_800_000_005], 0, nil),
            (["exp": 1_800_000_900, "nbf": 1_800_000_006], 0, .notYetValid),
            (["exp": 1_800_000_900, "iat": 1_800_000_006], 0, .notYetValid),
            (["exp": 1_800_000_900, "iat": "now"], 0, .malformed),
            ([], 0, .malformed), ("text", 0, .malformed), (.null, 0, .malformed),
        ] as [(JSON, Int64, JWTError?)])
    func `times count with a leeway`(claims: JSON, after: Int64, error: JWTError?) throws {
        let key = try SigningKey.generate()
        let token = JWT.sign(claims, with: key)
        let at = Instant(seconds: 1_800_000_000 + after)
        let verified = Result { try JWT.verify(token, keys: KeySet([key.verifyingKey]), at: at) }
        if let error {
            #expect(throws: error) { try verified.get() }
        } else {
            #expect(throws: Never.self) { try verified.get() }
        }
    }

    @Test func `issuer and audience are those that are asked for`() throws {
        let key = try SigningKey.generate()
        let keys = KeySet([key.verifyingKey])
        var rules = JWTRules()
        (rules.issuer, rules.audience, rules.requiresExpiry) = ("us", "app", false)
        for audience in ["app", ["other", "app"]] as [JSON] {
            let token = JWT.sign(["iss": "us", "aud": audience] as JSON, with: key)
            _ = try JWT.verify(token, keys: keys, at: now, rules: rules)
        }
        for audience in ["other", [], ["other"], 1, [["app"]], .null] as [JSON] {
            let token = JWT.sign(["iss": "us", "aud": audience] as JSON, with: key)
            #expect(throws: JWTError.wrongAudience) {
                try JWT.verify(token, keys: keys, at: now, rules: rules)
            }
        }
        #expect(throws: JWTError.wrongIssuer) {
            try JWT.verify(
                JWT.sign(["iss": "them", "aud": "app"] as JSON, with: key), keys: keys, at: now,
                rules: rules)
        }
    }

    // MARK: Hostile text

    @Test(arguments: [
        "", ".", "..", "...", "a.b.c", "e30.e30.", "e30.e30.e30.e30", "e30=.e30.AA", "e30.e30.A",
        "e30.e30.AB", " e30.e30.AA", "e30.e30.AA\n", "e30.e3 0.AA", "é.é.é", "e30.e30.+/A",
    ])
    func `what is no token is malformed`(text: String) throws {
        let key = try SigningKey.generate()
        #expect(throws: JWTError.malformed) {
            try JWT.verify(text, keys: KeySet([key.verifyingKey]), at: now)
        }
    }

    @Test func `a token over the limit is not looked at`() throws {
        let key = try SigningKey.generate()
        let long = String(repeating: "a", count: 8193)
        #expect(throws: JWTError.tooLarge) {
            try JWT.verify(long, keys: KeySet([key.verifyingKey]), at: now)
        }
    }

    @Test func `a member that comes twice is refused`() throws {
        let key = try SigningKey.generate()
        let header = Base64URL.encode(Array(#"{"alg":"EdDSA","alg":"EdDSA"}"#.utf8))
        let signed = header + "." + Base64URL.encode(claims.bytes())
        let token = signed + "." + Base64URL.encode(key.sign(signed))
        #expect(throws: JWTError.malformed) {
            try JWT.verify(token, keys: KeySet([key.verifyingKey]), at: now)
        }
    }
}

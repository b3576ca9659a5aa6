import Coding
import Secrets
import Testing
import Values

@Suite struct SigningKeyTests {
    @Test func `Ed25519 signs as in RFC 8037`() throws {
        let secret = try #require(Base64URL.decode(JOSEVectors.edwardsSecret))
        let der = bytes("302e020100300506032b657004220420") + secret
        let key = try SigningKey(pkcs8: Secret(der))
        #expect(key.algorithm == .edDSA)
        #expect(key.id == JOSEVectors.edwardsThumbprint)
        #expect(key.verifyingKey.jwk["x"] == JOSEVectors.edwardsKey["x"])
        let signature = key.sign(JOSEVectors.edDSAInput)
        #expect(Base64URL.encode(signature) == JOSEVectors.edDSASignature)
        #expect(key.verifyingKey.verify(signature, of: JOSEVectors.edDSAInput))
        #expect(key.pkcs8.exposed == der)
    }

    @Test func `a thumbprint is that of RFC 7638`() throws {
        var object = try #require(JOSEVectors.thumbprintKey.asObject)
        #expect(try VerifyingKey(jwk: .object(object)).id == "2011-04-29")
        object["kid"] = nil
        #expect(try VerifyingKey(jwk: .object(object)).id == JOSEVectors.thumbprint)
    }

    @Test(arguments: SigningAlgorithm.allCases)
    func `a key survives its export and verifies what it signed`(
        algorithm: SigningAlgorithm
    ) throws {
        let key = try SigningKey.generate(algorithm)
        let copy = try SigningKey(pkcs8: key.pkcs8, id: "copy")
        #expect(copy.algorithm == algorithm)
        #expect(copy.id == "copy")
        let published = try VerifyingKey(jwk: key.verifyingKey.jwk)
        #expect(published.id == key.id)
        let signature = copy.sign("message")
        #expect(published.verify(signature, of: "message"))
        #expect(!published.verify(signature, of: "massage"))
        #expect(!published.verify(signature.dropLast(), of: "message"))
        #expect(!published.verify(signature + [0], of: "message"))
        #expect(!published.verify([UInt8](), of: "message"))
        #expect(!published.verify([UInt8](repeating: 0, count: signature.count), of: "message"))
        for bit in stride(from: 0, to: signature.count * 8, by: 7) {
            var changed = signature
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!published.verify(changed, of: "message"))
        }
    }

    @Test(arguments: SigningAlgorithm.allCases)
    func `a public JWK holds nothing private`(algorithm: SigningAlgorithm) throws {
        let jwk = try SigningKey.generate(algorithm, id: "k1").verifyingKey.jwk
        let allowed: Set = ["kty", "crv", "x", "y", "n", "e", "kid", "alg"]
        #expect(Set(try #require(jwk.asObject).names).isSubset(of: allowed))
        #expect(jwk["kid"] == "k1")
        #expect(jwk["alg"] == .string(algorithm.rawValue))
    }

    @Test func `bytes that are no key are refused`() throws {
        let der = try SigningKey.generate(.es256).pkcs8.exposed
        #expect(throws: SigningKeyError.malformed) { try SigningKey(pkcs8: Secret([])) }
        #expect(throws: SigningKeyError.malformed) { try SigningKey(pkcs8: Secret(der + [0])) }
        for count in 0..<der.count {
            #expect(throws: SigningKeyError.self) {
                try SigningKey(pkcs8: Secret(Array(der.prefix(count))))
            }
        }
    }

    @Test(
        arguments: [
            (#"{}"#, .malformed),
            (#"[]"#, .malformed),
            (#"{"kty":"oct","k":"AAAA"}"#, .unsupported),
            (
                #"{"kty":"OKP","crv":"X25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
                .unsupported
            ),
            (
                #"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHUR"}"#,
                .malformed
            ),
            (#"{"kty":"OKP","crv":"Ed25519","x":7}"#, .malformed),
            (
                #"{"kty":"OKP","crv":"Ed25519","use":"enc","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
                .unsupported
            ),
            (
                #"{"kty":"OKP","crv":"Ed25519","alg":"ES256","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
                .unsupported
            ),
            (#"{"kty":"EC","crv":"P-521","x":"AA","y":"AA"}"#, .unsupported),
            (
                #"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"}"#,
                .malformed
            ),
            (#"{"kty":"EC","crv":"P-256","x":"","y":""}"#, .malformed),
            (#"{"kty":"RSA","n":"AQAB","e":"AQAB"}"#, .wrongSize),
            (#"{"kty":"RSA","n":"","e":""}"#, .malformed),
            (#"{"kty":"RSA","n":"","e":"AQAB"}"#, .wrongSize),
            (#"{"kty":"RSA","n":"AQAB","e":"AQ"}"#, .malformed),
            (#"{"kty":"RSA","n":"AQAB","e":"AQABAQABAQAB"}"#, .malformed),
        ] as [(String, SigningKeyError)])
    func `JWKs that cannot be used are refused`(text: String, error: SigningKeyError) throws {
        let jwk = try JSON(parsing: Array(text.utf8), limits: JSONLimits())
        #expect(throws: error) { try VerifyingKey(jwk: jwk) }
    }

    @Test func `a set leaves out what it cannot use`() throws {
        let set = try #require(
            KeySet(jwks: [
                "keys": [JOSEVectors.rsaKey, ["kty": "oct"], 7, JOSEVectors.edwardsKey]
            ]))
        #expect(set.keys.map(\.algorithm) == [.rs256, .edDSA])
        #expect(KeySet(jwks: set.jwks)?.keys.map(\.id) == set.keys.map(\.id))
        #expect(KeySet(jwks: []) == nil)
        #expect(KeySet(jwks: ["keys": 1]) == nil)
    }
}

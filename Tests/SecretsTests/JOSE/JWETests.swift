import Coding
import Testing
import Values

@testable import Secrets

struct JWETests {
    /// RFC 7518, appendix B.3.
    @Test func `the cipher gives what RFC 7518 shows`() throws {
        let key = (0..<64).map { UInt8($0) }
        let vector: [UInt8] = [
            0x1a, 0xf3, 0x8c, 0x2d, 0xc2, 0xb9, 0x6f, 0xfd, 0xd8, 0x66, 0x94, 0x09, 0x23, 0x41,
            0xbc, 0x04,
        ]
        let text = Array(
            ("A cipher system must not be required to be secret, and it must be able to fall into "
                + "the hands of the enemy without inconvenience").utf8)
        let context = Array("The second principle of Auguste Kerckhoffs".utf8)
        let sealed = AESCBC.seal(text, key: key, vector: vector, authenticating: context)
        #expect(
            Base64URL.encode(Array(sealed.text.prefix(16)))
                == Self.base64("Sv+qrbeMMcXaSxtZDRD/vQ==")
        )
        #expect(sealed.text.count == 144)
        #expect(
            sealed.tag == [
                0x4d, 0xd3, 0xb4, 0xc0, 0x88, 0xa7, 0xf4, 0x5c, 0x21, 0x68, 0x39, 0x64, 0x5b, 0x20,
                0x12, 0xbf, 0x2e, 0x62, 0x69, 0xa8, 0xc5, 0x6a, 0x81, 0x6d, 0xbc, 0x1b, 0x26, 0x77,
                0x61, 0x95, 0x5b, 0xc5,
            ])
        #expect(AESCBC.open(sealed, key: key, authenticating: context) == text)
    }

    private static func base64(_ text: String) -> String {
        text.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private static func key(_ secret: String) -> JWEKey {
        JWEKey(
            deriving: Secret(Array(secret.utf8)), salt: Array("better-auth-session".utf8),
            info: Array("BetterAuth.js Generated Encryption Key".utf8))
    }

    private let key = JWETests.key("better-auth-secret-123456789-conformance")

    /// Made with Python's cryptography library.
    private let token = """
        eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2Q0JDLUhTNTEyIiwia2lkIjoiREgtT3FZNUxRTDZQNmNHYmh1bEw5ekg5TEdm\
        TXFoUnU3Ym12WFlNTFh6ayJ9..GvOMLcK5b_3YZpQJI0G8BA.6eg0YfOGJ-0eHmy8askvizQaaANMKke4SCce5gzaY34\
        .pECOanHUfbN1mBZQbvKDRBvnlNAvFTMgwUQOjoalZ_c
        """

    @Test func `another program's token opens, with a key derived as it does`() {
        #expect(key.id == "DH-OqY5LQL6P6cGbhulL9zH9LGfMqhRu7bmvXYMLXzk")
        #expect(
            JWE.open(token, keys: [key]).map { String(decoding: $0, as: UTF8.self) }
                == #"{"a":1,"exp":2000000000}"#)
        let claims = JWE.claims(of: token, keys: [key], at: Instant(seconds: 1_900_000_000))
        #expect(claims?["a"] == 1)
        #expect(JWE.claims(of: token, keys: [key], at: Instant(seconds: 2_000_000_006)) == nil)
    }

    @Test func `what is sealed opens with the key that its header names`() {
        let old = Self.key("an old secret of thirty-two characters")
        let sealed = JWE.seal(Array("text".utf8), with: old, from: .seeded())
        #expect(JWE.open(sealed, keys: [key, old]) == Array("text".utf8))
        #expect(JWE.open(sealed, keys: [key]) == nil)
        // No two are alike.
        let randomness = Randomness.seeded()
        let both = (0..<2).map { _ in JWE.seal([1], with: key, from: randomness) }
        #expect(both[0] != both[1])
        for count in [0, 1, 15, 16, 17, 5000] {
            let text = [UInt8](repeating: 7, count: count)
            #expect(JWE.open(JWE.seal(text, with: key, from: randomness), keys: [key]) == text)
        }
    }

    @Test func `a token that was touched anywhere does not open`() {
        let bytes = Array(token.utf8)
        for index in bytes.indices {
            var touched = bytes
            touched[index] =
                touched[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(JWE.open(String(decoding: touched, as: UTF8.self), keys: [key]) == nil)
        }
        for count in bytes.indices {
            #expect(
                JWE.open(String(decoding: bytes.prefix(count), as: UTF8.self), keys: [key]) == nil)
        }
    }

    /// Each is sealed with the right key under a header of its own.
    @Test(arguments: [
        ##"{"alg":"none","enc":"A256CBC-HS512","kid":"#"}"##,
        ##"{"alg":"RSA1_5","enc":"A256CBC-HS512","kid":"#"}"##,
        ##"{"alg":"dir","enc":"A256GCM","kid":"#"}"##,
        ##"{"alg":"dir","enc":"A256CBC-HS512"}"##,
        ##"{"alg":"dir","enc":"A256CBC-HS512","kid":5}"##,
        ##"{"alg":"dir","enc":"A256CBC-HS512","kid":"#","zip":"DEF"}"##,
        ##"{"alg":"dir","enc":"A256CBC-HS512","kid":"#","crit":["exp"]}"##,
        ##"["dir"]"##, "", "{",
    ])
    func `a header that says something else is refused`(header: String) {
        let protected = Base64URL.encode(Array(header.replacing("#", with: key.id).utf8))
        let sealed = AESCBC.seal(
            [1], key: key.bytes.exposed, vector: [UInt8](repeating: 0, count: 16),
            authenticating: Array(protected.utf8))
        let parts = [
            protected, "", Base64URL.encode(sealed.vector), Base64URL.encode(sealed.text),
            Base64URL.encode(sealed.tag),
        ]
        #expect(JWE.open(parts.joined(separator: "."), keys: [key]) == nil)
    }

    @Test(arguments: ["", ".", "....", "a.b.c.d.e", "....AAAA", "\u{0}....", ".....", "A....A"])
    func `what is no token is refused`(text: String) {
        #expect(JWE.open(text, keys: [key]) == nil)
    }
}

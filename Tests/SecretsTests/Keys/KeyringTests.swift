import Coding
import Secrets
import Testing
import Values

@Suite struct KeyringTests {
    private static let first = Base64.encode([UInt8](repeating: 1, count: 32))
    private static let second = Base64.encode([UInt8](repeating: 2, count: 32))

    private func ring(_ list: String) throws -> Keyring {
        try Keyring(list: Secret(list), randomness: .seeded())
    }

    @Test func `what is sealed opens in its context only`() throws {
        let sealer = try ring("1:\(Self.first)").purpose("oauth tokens")
        let sealed = sealer.seal("a token", context: "oauth_accounts.access_token.7")
        #expect(sealed.hasPrefix("a1.1."))
        let opened = try sealer.openText(sealed, context: "oauth_accounts.access_token.7")
        #expect(opened.exposed == "a token")
        #expect(throws: SealError.refused) {
            try sealer.open(sealed, context: "oauth_accounts.access_token.8")
        }
    }

    @Test func `two purposes do not open each other's values`() throws {
        let ring = try ring("1:\(Self.first)")
        let sealed = ring.purpose("oauth tokens").seal("a token", context: "c")
        #expect(throws: SealError.refused) {
            try ring.purpose("totp secrets").open(sealed, context: "c")
        }
    }

    @Test(arguments: [[], [0], [UInt8](repeating: 0xff, count: 1000)] as [[UInt8]])
    func `any bytes can be sealed, and never twice alike`(bytes: [UInt8]) throws {
        let sealer = try Keyring(key: Secret(Self.first), randomness: .system).purpose("test")
        let sealed = sealer.seal(bytes, context: "")
        #expect(try sealer.open(sealed, context: "").exposed == bytes)
        #expect(sealer.seal(bytes, context: "") != sealed)
    }

    // C19
    @Test func `the first key seals and all open`() throws {
        let old = try ring("1:\(Self.first)").purpose("test")
        let new = try ring("2:\(Self.second), 1:\(Self.first)").purpose("test")
        let sealed = old.seal("kept", context: "c")
        #expect(try new.openText(sealed, context: "c").exposed == "kept")
        #expect(new.isOutdated(sealed))
        let resealed = new.seal("kept", context: "c")
        #expect(Sealer.keyID(of: resealed) == 2)
        #expect(!new.isOutdated(resealed))
        #expect(throws: SealError.unknownKey(2)) { try old.open(resealed, context: "c") }
    }

    @Test func `a change of any bit is refused`() throws {
        let sealer = try ring("1:\(Self.first),2:\(Self.second)").purpose("test")
        let sealed = Array(sealer.seal("a secret", context: "c").utf8)
        for bit in 0..<sealed.count * 8 {
            var changed = sealed
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            let text = String(decoding: changed, as: UTF8.self)
            #expect(throws: SealError.self, "bit \(bit)") { try sealer.open(text, context: "c") }
        }
        for count in 0..<sealed.count {
            let text = String(decoding: sealed.prefix(count), as: UTF8.self)
            #expect(throws: SealError.self) { try sealer.open(text, context: "c") }
        }
    }

    @Test(arguments: [
        "", "a1", "a1.", "a1..", "a1.1", "a1.1.", "a1.1.AAAA", "a2.1.AAAA", "a1.0.AAAA", "a1.01.A",
        "a1.-1.AAAA", "a1.4294967296.AAAA", "a1.1.é", "a1.99999999999999999999.AAAA",
    ])
    func `what is no sealed value is malformed`(text: String) throws {
        let sealer = try ring("1:\(Self.first)").purpose("test")
        #expect(throws: SealError.malformed) { try sealer.open(text, context: "c") }
        #expect(Sealer.keyID(of: text) == nil)
    }

    @Test(
        arguments: [
            ("", .empty), (" , ", .malformed(position: 1)), ("x", .malformed(position: 1)),
            ("1:\(first),x", .malformed(position: 2)), ("a:\(first)", .badID(position: 1)),
            ("0:\(first)", .badID(position: 1)), ("1:not base64", .notBase64(1)),
            ("1:AAAA", .wrongLength(1, bytes: 3)), ("1:\(first),1:\(second)", .duplicateID(1)),
            ("1:\(first),2:\(first)", .duplicateKey(2)),
        ] as [(String, KeyringError)])
    func `a bad list of keys says what is wrong`(list: String, error: KeyringError) {
        #expect(throws: error) { try ring(list) }
        #expect(!error.description.contains(Self.first))
    }

    @Test func `a key is read in either alphabet, padded or not`() throws {
        let bytes = [UInt8](repeating: 0xfb, count: 32)
        let texts = [Base64.encode(bytes), Base64URL.encode(bytes), Base64.encode(bytes) + "\n"]
        let sealed = try ring("1:\(texts[0])").purpose("test").seal("x", context: "c")
        for text in texts {
            let sealer = try Keyring(key: Secret(text), randomness: .system).purpose("test")
            #expect(try sealer.openText(sealed, context: "c").exposed == "x")
        }
    }
}

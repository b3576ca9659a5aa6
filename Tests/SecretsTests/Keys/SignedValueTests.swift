import Coding
import Secrets
import Testing
import Values

@Suite struct SignedValueTests {
    private let secrets = SigningSecrets(Secret("better-auth-secret-of-thirty-two"))
    private let signed = "abcDEF123.BZluhQH/ALp0ZmxbNrq6mCiXtkAxcOcr5IhTPlWRAYk="

    // C19; the signature was computed with another program.
    @Test func `values are signed as better-auth signs them`() {
        #expect(SignedValue.sign("abcDEF123", with: secrets) == signed)
        #expect(SignedValue.verify(signed, with: secrets) == "abcDEF123")
    }

    @Test func `a value may hold dots`() {
        let signed = SignedValue.sign("a.b.", with: secrets)
        #expect(SignedValue.verify(signed, with: secrets) == "a.b.")
    }

    @Test func `the first secret signs and all verify`() {
        let next = SigningSecrets(
            Secret("the next one"), previous: [Secret("better-auth-secret-of-thirty-two")])
        #expect(SignedValue.verify(signed, with: next) == "abcDEF123")
        #expect(SignedValue.verify(SignedValue.sign("x", with: next), with: secrets) == nil)
    }

    @Test func `a change of any bit is refused`() {
        let bytes = Array(signed.utf8)
        for bit in 0..<bytes.count * 8 {
            var changed = bytes
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            let text = String(decoding: changed, as: UTF8.self)
            #expect(SignedValue.verify(text, with: secrets) == nil, "bit \(bit)")
        }
    }

    @Test(arguments: ["", ".", "abc", "abcDEF123.", "é.é", "abcDEF123.BZluhQH%2FALp0"])
    func `what is not signed has no value`(text: String) {
        #expect(SignedValue.verify(text, with: secrets) == nil)
    }
}

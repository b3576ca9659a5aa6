import Coding
import Secrets
import Testing
import Values

@Suite struct JWTVerifierTests {
    private let now = Instant(seconds: 1_800_000_000)
    private let key: SigningKey
    private let verifier: JWTVerifier

    init() throws {
        key = try SigningKey.generate()
        verifier = JWTVerifier(keys: KeySet([key.verifyingKey]), capacity: 4)
    }

    private func token(_ subject: String) -> String {
        JWT.sign(["sub": .string(subject), "exp": 1_800_000_900] as JSON, with: key)
    }

    @Test func `a token that is remembered still expires`() throws {
        let token = token("u1")
        for _ in 0..<2 { #expect(try verifier.verify(token, at: now).claims["sub"] == "u1") }
        #expect(verifier.count == 1)
        #expect(throws: JWTError.expired) {
            try verifier.verify(token, at: Instant(seconds: 1_800_000_905))
        }
    }

    @Test func `what was refused is not remembered`() throws {
        let other = JWT.sign(["exp": 1_800_000_900] as JSON, with: try SigningKey.generate())
        #expect(throws: JWTError.unknownKey) { try verifier.verify(other, at: now) }
        #expect(throws: JWTError.malformed) { try verifier.verify("no token", at: now) }
        let long = String(repeating: "a", count: 8193)
        #expect(throws: JWTError.tooLarge) { try verifier.verify(long, at: now) }
        #expect(verifier.count == 0)
    }

    @Test func `no more tokens are remembered than there is room for`() throws {
        let tokens = (0..<20).map { token("u\($0)") }
        for token in tokens + tokens.reversed() { _ = try verifier.verify(token, at: now) }
        #expect(verifier.count <= 4)
        for (index, token) in tokens.enumerated() {
            #expect(try verifier.verify(token, at: now).claims["sub"] == .string("u\(index)"))
        }
    }

    @Test func `a changed token is another`() throws {
        let token = token("u1")
        _ = try verifier.verify(token, at: now)
        let forged = token.dropLast(2) + (token.hasSuffix("AA") ? "AQ" : "AA")
        #expect(throws: JWTError.self) { try verifier.verify(String(forged), at: now) }
    }
}

import Secrets
import Testing
import Values

@Suite struct RandomTokenTests {
    @Test func `tokens have the shapes that clients expect`() throws {
        let session = RandomToken.session(from: .system)
        #expect(session.wholeMatch(of: /[A-Za-z0-9]{32}/) != nil)
        let refresh = RandomToken.refresh(from: .system)
        #expect(refresh.wholeMatch(of: /rt_[A-Za-z0-9_-]{43}/) != nil)
        #expect(RandomToken.code(from: .system).wholeMatch(of: /[0-9]{6}/) != nil)
        let legible = RandomToken.make(200, of: .legible, from: .system)
        #expect(legible.wholeMatch(of: /[A-HJ-NP-Z2-9]{200}/) != nil)
        #expect(RandomToken.make(0, of: .digits, from: .system) == "")
        #expect(session != RandomToken.session(from: .system))
    }

    @Test func `bytes that would favour some characters are drawn again`() {
        // 255 is no digit's: 256 is not a multiple of 10. 9 and 249 are both the last digit.
        let bytes: [UInt8] = [255, 250, 9, 249, 10, 0]
        let randomness = Randomness { buffer in
            for index in buffer.indices { buffer[index] = bytes[index % bytes.count] }
        }
        #expect(RandomToken.make(5, of: .digits, from: randomness) == "99009")
    }

    @Test func `each character is as likely as another`() {
        let text = RandomToken.make(62_000, of: .alphanumeric, from: .seeded())
        var counts: [Character: Int] = [:]
        for character in text { counts[character, default: 0] += 1 }
        #expect(counts.count == 62)
        // Five standard deviations of a count of 1000.
        #expect(counts.values.allSatisfy { abs($0 - 1000) < 158 })
    }
}

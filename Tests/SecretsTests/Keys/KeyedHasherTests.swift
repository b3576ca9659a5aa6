import Coding
import Testing
import Values

@testable import Secrets

struct KeyedHasherTests {
    private static func key(_ id: Int) -> String {
        "\(id):" + Base64.encode([UInt8](repeating: UInt8(id), count: 32))
    }

    private func hasher(_ ids: Int..., label: StaticString = "a") throws -> KeyedHasher {
        let list = ids.map(Self.key).joined(separator: ",")
        return try Keyring(list: Secret(list), randomness: .system).hasher(label)
    }

    @Test func `the hash is of key, purpose and text`() throws {
        let hash = try hasher(1).hash("code")
        #expect(try hasher(1).hash("code") == hash)
        #expect(try hasher(2).hash("code") != hash)
        #expect(try hasher(1, label: "b").hash("code") != hash)
        #expect(try hasher(1).hash("Code") != hash)
        #expect(SHA256.digest(of: "code") != hash)
    }

    @Test func `what the key before has hashed is found when keys rotate`() throws {
        let old = try hasher(1).hash("code")
        let new = try hasher(2).hash("code")
        let two = try hasher(2, 1).candidates("code")
        #expect(two.newest == new && two.older == old)
        #expect(try hasher(3, 2, 1).candidates("code").older == new)
        let one = try hasher(1).candidates("code")
        #expect(one.newest == old && one.older == old)
    }
}

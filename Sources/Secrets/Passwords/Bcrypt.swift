import CCrypt
import Values

/// bcrypt as `$2a$`, `$2b$` and `$2y$`, which differ only in bugs that libxcrypt does not have.
///
/// It reads 72 bytes of a password and stops at a NUL. New hashes are made here only of passwords that
/// it takes in full; see `DigestedBcrypt` for the others.
enum Bcrypt {
    /// Beyond 15, one hash takes over a second and a half.
    static let costs = 4...15
    static let passwordCount = 72

    /// Whether all of the password takes part in its hash.
    static func takes(_ password: String) -> Bool {
        password.utf8.count <= passwordCount && !password.utf8.contains(0)
    }

    static func hash(_ password: String, cost: Int, _ randomness: Randomness) -> String? {
        crypt(password, setting: setting(cost: cost, randomness.bytes(16)))
    }

    /// Hashes that others made of long passwords were made of the first 72 bytes, so longer ones are
    /// cut, as bcrypt does everywhere. One with a NUL matches nothing, but costs the same.
    static func verify(_ password: String, against hash: String) -> Bool {
        var bytes = Array(password.utf8.prefix(passwordCount))
        let isCutShort = bytes.contains(0)
        bytes.removeAll { $0 == 0 }
        guard let computed = crypt(bytes, setting: hash) else { return false }
        return constantTimeEquals(computed, hash) && !isCutShort
    }

    /// The cost of a well-formed hash within the caps, else nil.
    static func cost(of hash: String) -> Int? {
        let text = Array(hash.utf8)
        guard text.count == 60, text.starts(with: "$2".utf8),
            text[2] == UInt8(ascii: "a") || text[2] == UInt8(ascii: "b")
                || text[2] == UInt8(ascii: "y"),
            text[3] == dollar, text[6] == dollar,
            let tens = digit(text[4]), let ones = digit(text[5]), costs.contains(tens * 10 + ones),
            text[7...].allSatisfy(alphabet.contains)
        else { return nil }
        return tens * 10 + ones
    }

    private static let dollar = UInt8(ascii: "$")
    private static let alphabet = Array(
        "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)

    private static func digit(_ byte: UInt8) -> Int? {
        let value = byte &- UInt8(ascii: "0")
        return value < 10 ? Int(value) : nil
    }

    /// `$2b$10$` and the salt in bcrypt's own base64: 16 bytes as 22 characters.
    private static func setting(cost: Int, _ salt: [UInt8]) -> String {
        var text = Array("$2b$\(cost < 10 ? "0" : "")\(cost)$".utf8)
        var bits = 0
        var buffer: UInt32 = 0
        for byte in salt {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[Int(buffer >> UInt32(bits)) & 63])
            }
            buffer &= 0xff
        }
        text.append(alphabet[Int(buffer << UInt32(6 - bits)) & 63])
        return String(decoding: text, as: UTF8.self)
    }

    private static func crypt(_ password: String, setting: String) -> String? {
        crypt(Array(password.utf8), setting: setting)
    }

    /// Works in 32 KB of its own. Nil when the setting is none that libxcrypt knows.
    private static func crypt(_ password: [UInt8], setting: String) -> String? {
        let count = MemoryLayout<crypt_data>.size
        let work = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 16)
        defer { work.deallocate() }
        work.initializeMemory(as: UInt8.self, repeating: 0, count: count)
        let text = password.map { CChar(bitPattern: $0) } + [0]
        guard let output = crypt_rn(text, setting, work, Int32(count)) else { return nil }
        return String(cString: output)
    }
}

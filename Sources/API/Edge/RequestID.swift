import HTTP
import Values

/// The name of a request in logs and answers: the client's `x-request-id` where it is a plain word,
/// else a new one.
enum RequestID {
    static let bytesMax = 64

    static func of(_ request: Request, _ randomness: Randomness) -> String {
        if let sent = request[.xRequestID], isPlain(sent) { return sent }
        return made(from: randomness.integer(), randomness.integer())
    }

    private static func isPlain(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= bytesMax
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                    UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }

    /// 22 characters of [0-9a-v]: 110 random bits.
    private static func made(from first: UInt64, _ second: UInt64) -> String {
        String(unsafeUninitializedCapacity: 22) { buffer in
            for index in 0..<22 {
                let word = index < 11 ? first : second
                let digit = UInt8(truncatingIfNeeded: word >> UInt64(5 * (index % 11))) & 31
                buffer[index] =
                    digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
            }
            return 22
        }
    }
}

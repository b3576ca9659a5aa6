import HTTP
import Synchronization
import Values

/// Names requests in logs and answers: by the client's `x-request-id` where it is a plain word, else
/// by a new one.
///
/// A new one is 55 random bits of this process and a count, 22 characters of [0-9a-v]: unlike those of
/// other nodes, and cheaper than fresh randomness for each request. It is no secret.
final class RequestIDs: Sendable {
    static let bytesMax = 64

    private let process: UInt64
    private let count: Atomic<UInt64>

    init(_ randomness: Randomness) {
        process = randomness.integer()
        count = Atomic(randomness.integer())
    }

    func id(of request: Request) -> String {
        if let sent = request[.xRequestID], Self.isPlain(sent) { return sent }
        let number = count.wrappingAdd(1, ordering: .relaxed).newValue
        return Self.text(process, number)
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

    private static func text(_ first: UInt64, _ second: UInt64) -> String {
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

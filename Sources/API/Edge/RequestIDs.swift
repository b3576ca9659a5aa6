import HTTP
import Synchronization
import Values

/// Names requests in logs and answers: by the client's `x-request-id` where it is a plain word, else
/// by a new one.
///
/// A new one is 40 random bits of this process and 35 of a count, 15 characters of [0-9a-v]: unlike
/// those of other nodes, cheaper than fresh randomness for each request, and short enough that Swift
/// keeps it without an allocation. It is no secret.
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
        String(unsafeUninitializedCapacity: 15) { buffer in
            write(first, digits: 8, to: buffer, at: 0)
            write(second, digits: 7, to: buffer, at: 8)
            return 15
        }
    }

    @inline(__always)
    private static func write(
        _ word: UInt64, digits: Int, to buffer: UnsafeMutableBufferPointer<UInt8>, at start: Int
    ) {
        var rest = word
        for index in start..<start + digits {
            let digit = UInt8(truncatingIfNeeded: rest) & 31
            buffer[index] =
                digit < 10 ? UInt8(ascii: "0") &+ digit : UInt8(ascii: "a") &+ digit &- 10
            rest >>= 5
        }
    }
}

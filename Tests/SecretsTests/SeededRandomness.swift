import Synchronization
import Values

/// Bytes that look random and are the same in every run (SplitMix64).
extension Randomness {
    static func seeded(_ seed: UInt64 = 1) -> Randomness {
        let state = SeededState(seed)
        return Randomness { buffer in
            for index in buffer.indices { buffer[index] = state.next() }
        }
    }
}

private final class SeededState: Sendable {
    private let state: Mutex<UInt64>

    init(_ seed: UInt64) { state = Mutex(seed) }

    func next() -> UInt8 {
        state.withLock { state in
            state &+= 0x9e37_79b9_7f4a_7c15
            var value = state
            value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
            value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
            return UInt8(truncatingIfNeeded: value ^ value >> 31)
        }
    }
}

/// The bytes of hexadecimal text, for test vectors.
func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = Array(hexadecimal.filter { !$0.isWhitespace })
    return stride(from: 0, to: digits.count, by: 2).map { index in
        UInt8(String(digits[index...index + 1]), radix: 16)!
    }
}

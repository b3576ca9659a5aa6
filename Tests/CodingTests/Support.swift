import Coding
import Glibc

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// Numbers that are the same for the same seed. Another seed is tried with `ATRIUM_TEST_SEED`; each
/// failure names the one it ran with.
struct SeededGenerator: RandomNumberGenerator {
    static let seed: UInt64 =
        getenv("ATRIUM_TEST_SEED").flatMap { UInt64(String(cString: $0)) } ?? 1

    private var state = Self.seed

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

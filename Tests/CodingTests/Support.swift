import Coding
import Glibc
import Values

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

extension SeededNumbers {
    /// Another seed is tried with `ATRIUM_TEST_SEED`; each failure names the one it ran with.
    static let testSeed: UInt64 =
        getenv("ATRIUM_TEST_SEED").flatMap { UInt64(String(cString: $0)) } ?? 1

    static var ofTest: SeededNumbers { SeededNumbers(seed: testSeed) }
}

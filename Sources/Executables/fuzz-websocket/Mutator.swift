import Fuzzing
import Values

// `fuzz-websocket [SECONDS] [SEED]`, with inputs of our own, or libFuzzer's.

private func damage(_ bytes: [UInt8], _ random: inout SeededNumbers) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<1 + random.below(4) where !bytes.isEmpty {
        // Headers stand in front more often than elsewhere.
        let index = random.below(random.below(2) == 0 ? min(16, bytes.count) : bytes.count)
        switch random.below(6) {
        case 0: bytes[index] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes[index] ^= 1 << UInt8(random.below(8))
        case 2: bytes.remove(at: index)
        case 3: bytes.insert(contentsOf: random.bytes(random.below(9)), at: index)
        case 4: bytes.removeLast(bytes.count - index)
        default:
            let end = min(bytes.count, index + 20)
            bytes.insert(contentsOf: bytes[index..<end], at: index)
        }
    }
    return bytes
}

/// Half of the inputs are whole, and then their meaning is known.
private func checkOne(_ random: inout SeededNumbers) -> Bool {
    let conversation = Conversation(&random)
    let split = UInt8(truncatingIfNeeded: random.next())
    guard random.below(2) == 0 else {
        check(([split] + damage(conversation.bytes, &random))[...])
        return false
    }
    check(([split] + conversation.bytes)[...])
    let steps = outcome(of: conversation.bytes).steps
    precondition(steps == conversation.steps, "\(steps) \(conversation)")
    return true
}

#if !LIBFUZZER
    @main
    struct Mutator {
        static func main() {
            var run = FuzzRun()
            var random = SeededNumbers(seed: run.seed)
            run { run in
                let isWhole = checkOne(&random)
                run.count(isWhole ? "whole conversations" : "damaged ones")
            }
        }
    }
#else
    /// The package manager's name for this program's `main`.
    @_cdecl("fuzz_websocket_main")
    public func fuzzMain(
        _ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    ) -> CInt {
        runLibFuzzer(count, arguments) { fuzzOne($0, $1) }
    }
#endif

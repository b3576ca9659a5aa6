import CLinux
import Glibc

// `fuzz-websocket [SECONDS] [SEED]`, with inputs of our own. For libFuzzer's
// build with `-Xswiftc -sanitize=fuzzer,address -Xswiftc -DLIBFUZZER`.

private func damage(_ bytes: [UInt8], _ random: inout Random) -> [UInt8] {
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
private func checkOne(_ random: inout Random) -> Bool {
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
            let arguments = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
            let seconds = arguments.first ?? 10
            var random = Random(arguments.dropFirst().first ?? 1)
            let end = linux_monotonic_nanoseconds() + seconds * 1_000_000_000
            var (inputs, whole) = (0, 0)
            while linux_monotonic_nanoseconds() < end {
                for _ in 0..<100 where checkOne(&random) { whole += 1 }
                inputs += 100
            }
            // The result is for the person who runs it.
            print("\(inputs) inputs, \(whole) of them whole conversations, no difference")
        }
    }
#else
    @_silgen_name("LLVMFuzzerRunDriver")
    private func runLibFuzzer(
        _ count: UnsafeMutablePointer<CInt>,
        _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
        _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
    ) -> CInt

    /// The package manager's name for this program's `main`.
    @_cdecl("fuzz_websocket_main")
    public func fuzzMain(
        _ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    ) -> CInt {
        var (count, arguments) = (count, arguments)
        return runLibFuzzer(&count, &arguments) { fuzzOne($0, $1) }
    }
#endif

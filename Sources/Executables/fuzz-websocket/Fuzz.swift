import HTTP
import Values

// Feeds damaged frames to a WebSocket, once whole and once in random pieces, and traps when the two
// differ: what a message is must not depend on how it arrives. Frames that are not damaged must
// give back exactly the messages they were made from. Under libFuzzer (built with
// `-sanitize=fuzzer`) the inputs come from there, otherwise from a seeded mutator.

/// What became of some bytes.
struct Outcome: Equatable {
    var steps: [WebSocketState.Step] = []
    var end = WebSocketEnd(.abnormal, isClean: false)
    var isLingering = false
}

/// Runs bytes through a WebSocket.
struct Run {
    private var state = WebSocketState(rules: Self.rules, now: 0)
    private(set) var outcome = Outcome()

    static let rules: WebSocketRules = {
        var limits = WebSocketLimits()
        limits.messageBytes = 70_000
        return WebSocketRules(limits)
    }()

    mutating func feed(_ bytes: ArraySlice<UInt8>) {
        // Exactly as large as its content, so that a read beyond it is seen by the sanitizer.
        let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
        _ = copy.initialize(from: bytes)
        defer { copy.deallocate() }
        var index = 0
        while true {
            let start = index
            let step = state.next(UnsafeBufferPointer(copy), &index, now: 0)
            precondition(index <= copy.count, "no step uses more than there is")
            outcome.end = state.end
            outcome.isLingering = state.isLingering
            if step == .wait { break }
            precondition(index > start, "a step gets somewhere")
            if step != .again { outcome.steps.append(step) }
        }
        precondition(index == copy.count, "nothing is left over")
    }
}

/// One input: its first byte says how the rest is split.
func check(_ input: ArraySlice<UInt8>) {
    guard let seed = input.first else { return }
    let bytes = Array(input.dropFirst())
    let whole = outcome(of: bytes)
    var split = Run()
    var random = SeededNumbers(seed: UInt64(seed) | UInt64(bytes.count) << 8)
    var start = 0
    while start < bytes.count {
        let size = seed & 1 == 0 ? 4 : 4096
        let end = min(bytes.count, start + 1 + random.below(size))
        split.feed(bytes[start..<end])
        start = end
    }
    precondition(whole == split.outcome, "\(whole) \(split.outcome) \(bytes)")
}

func outcome(of bytes: [UInt8]) -> Outcome {
    var run = Run()
    if !bytes.isEmpty { run.feed(bytes[...]) }
    return run.outcome
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    check(Array(UnsafeBufferPointer(start: bytes, count: count))[...])
    return 0
}

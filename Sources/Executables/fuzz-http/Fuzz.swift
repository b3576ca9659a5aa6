import HTTP
import Values

// Feeds mutated requests to a connection, once whole and once in random pieces, and traps when the
// two differ: what a request is must not depend on how it arrives. Under libFuzzer (built with
// `-sanitize=fuzzer`) the inputs come from there, otherwise from a seeded mutator.

/// What became of some bytes: the requests that are complete, and how it ended.
struct Outcome: Equatable {
    var requests: [String] = []
    var end = "open"
}

/// Runs bytes through a connection that answers every request at once.
struct Run {
    private let state: ConnectionState
    private let scratch: HeadScratch
    private var input: [UInt8] = []
    private var current = ""
    private(set) var outcome = Outcome()

    static let limits: HTTPLimits = {
        var limits = HTTPLimits()
        limits.headBytes = 512
        limits.targetBytes = 128
        limits.fields = 12
        return limits
    }()

    init() {
        state = ConnectionState(rules: ConnectionRules(Self.limits), now: 0)
        scratch = HeadScratch(limits: Self.limits)
    }

    mutating func feed(_ bytes: ArraySlice<UInt8>) {
        input += bytes
        while outcome.end == "open" {
            var used = 0
            // Exactly as large as its content, so that a read beyond it is seen by the sanitizer.
            let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: input.count)
            _ = copy.initialize(from: input)
            defer { copy.deallocate() }
            let step = state.next(
                UnsafeBufferPointer(copy), scratch: scratch, now: 0, used: &used)
            precondition(used <= input.count, "no step uses more than there is")
            input.removeFirst(used)
            switch step {
            case .wait: return
            case .again: precondition(used > 0 || state.isIdle, "a step gets somewhere")
            case .request(let head, let body): begin(head, body)
            case .body(let range): current += String(decoding: copy[range], as: UTF8.self)
            case .bodyEnd: finishRequest()
            case .refuse(let status): outcome.end = "\(status.code)"
            case .close: outcome.end = "close"
            }
        }
    }

    private mutating func begin(_ head: RequestHead, _ body: ConnectionState.BodyStart) {
        current = "\(head.method) \(head.path) \(head.query ?? "-") \(head.fields.all) "
        switch body {
        case .none: finishRequest()
        case .whole(let bytes):
            current += String(decoding: bytes, as: UTF8.self)
            finishRequest()
        case .stream: break
        }
    }

    private mutating func finishRequest() {
        outcome.requests.append(current)
        _ = state.beginAnswer()
        if state.endAnswer(0) != .read { outcome.end = "last" }
    }
}

/// One input: its first byte says how the rest is split.
func check(_ input: ArraySlice<UInt8>) {
    guard let seed = input.first else { return }
    // The line end makes a head that came in crumbs be looked at, as the last byte of a real one.
    let bytes = Array(input.dropFirst()) + [10]
    var whole = Run()
    whole.feed(bytes[...])
    var split = Run()
    var random = SeededNumbers(seed: UInt64(seed) | UInt64(bytes.count) << 8)
    var start = 0
    while start < bytes.count {
        let end = min(bytes.count, start + 1 + random.below(seed & 1 == 0 ? 4 : 64))
        split.feed(bytes[start..<end])
        start = end
    }
    precondition(whole.outcome == split.outcome, "\(whole.outcome) \(split.outcome) \(bytes)")
    checkForm(bytes, &random)
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    check(Array(UnsafeBufferPointer(start: bytes, count: count))[...])
    return 0
}

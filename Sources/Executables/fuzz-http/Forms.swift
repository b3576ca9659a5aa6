import HTTP
import Values

/// What became of a form: its parts with their data, and how it ended.
struct FormOutcome: Equatable {
    var parts: [String] = []
    var end = "open"
}

/// Runs bytes through the parser of forms, whose boundary is `b`.
struct FormRun {
    private var parser: MultipartParser
    private var data: [UInt8] = []
    private(set) var outcome = FormOutcome()

    init?() {
        guard let type = MediaType("multipart/form-data; boundary=b"),
            let parser = try? MultipartParser(type, limits: Self.limits)
        else { return nil }
        self.parser = parser
    }

    private static let limits: MultipartLimits = {
        var limits = MultipartLimits()
        (limits.parts, limits.headBytes, limits.preambleBytes) = (4, 256, 32)
        return limits
    }()

    mutating func feed(_ bytes: ArraySlice<UInt8>) {
        let piece = Array(bytes)
        var index = 0
        while outcome.end == "open" {
            let before = index
            switch parser.next(piece.span, &index) {
            case .more: return precondition(index == piece.count, "all is used up")
            case .part(let head): outcome.parts.append("\(head)")
            case .data(let range):
                precondition(range.lowerBound >= before && range.upperBound == index)
                data += piece[range]
            case .held(let held): data += held
            case .partEnd:
                outcome.parts.append("\(data)")
                data = []
            case .end: outcome.end = "end"
            case .bad(let problem): outcome.end = "\(problem)"
            }
        }
    }
}

/// A form is the same, however it arrives.
func checkForm(_ bytes: [UInt8], _ random: inout SeededNumbers) {
    guard var whole = FormRun(), var split = FormRun() else { return }
    whole.feed(bytes[...])
    var start = 0
    while start < bytes.count {
        let end = min(bytes.count, start + 1 + random.below(5))
        split.feed(bytes[start..<end])
        start = end
    }
    precondition(whole.outcome == split.outcome, "\(whole.outcome) \(split.outcome) \(bytes)")
}

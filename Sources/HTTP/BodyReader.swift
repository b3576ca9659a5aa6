/// Takes the body of one request out of the bytes of its connection.
struct BodyReader: Equatable {
    enum Whole: Equatable {
        case whole([UInt8])
        case partial
        case bad(Status)
    }

    private enum Kind: Equatable {
        case length(Int)
        case chunked(ChunkedDecoder)
    }

    private var kind: Kind

    /// Nil when there is no body.
    init?(_ framing: BodyFraming, limits: HTTPLimits) {
        switch framing {
        case .none: return nil
        case .length(let length): kind = .length(length)
        case .chunked: kind = .chunked(ChunkedDecoder(limits: limits))
        }
    }

    /// Before anything is read.
    var declaredLength: Int? {
        if case .length(let length) = kind { length } else { nil }
    }

    /// Whether what is left is known and at most `limit`.
    func canDiscard(_ limit: Int) -> Bool {
        if case .length(let left) = kind { left <= limit } else { false }
    }

    mutating func next(
        _ bytes: UnsafeBufferPointer<UInt8>, _ used: inout Int
    ) -> ChunkedDecoder.Step {
        switch kind {
        case .length(0): return .end
        case .length(let left):
            guard used < bytes.count else { return .more }
            let start = used
            used += min(left, bytes.count - used)
            kind = .length(left - (used - start))
            return .data(start..<used)
        case .chunked(var decoder):
            defer { kind = .chunked(decoder) }
            return decoder.next(bytes.span, &used)
        }
    }

    /// The body, when all of it is there; otherwise nothing is used.
    func whole(_ bytes: UnsafeBufferPointer<UInt8>, _ used: inout Int) -> Whole {
        if case .length(let length) = kind, bytes.count - used < length { return .partial }
        var reader = self
        var index = used
        var body: [UInt8] = []
        while true {
            switch reader.next(bytes, &index) {
            case .data(let range): body += bytes[range]
            case .more: return .partial
            case .bad(let status): return .bad(status)
            case .end:
                used = index
                return .whole(body)
            }
        }
    }
}

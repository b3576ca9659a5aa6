/// Takes a form in parts (`multipart/form-data`: RFC 7578, RFC 2046 §5.1) apart as it arrives.
///
/// A pure function over bytes that keeps no data: of a part it gives ranges of what it was given. How
/// the bytes are split on arrival makes no difference to what comes out, put together. What looks
/// like a delimiter and is none is data, as long as it can be.
package struct MultipartParser: Sendable {
    /// What the bytes at hand turned out to be.
    package enum Step: Equatable, Sendable {
        /// All bytes are used up.
        case more
        case part(PartHead)
        /// Bytes of the part, as a range of what was given.
        case data(Range<Int>)
        /// Bytes of the part that were given before, and were held back while they might have been a
        /// delimiter.
        case held([UInt8])
        case partEnd
        /// After the last part. What follows is nothing to anybody.
        case end
        case bad(MultipartProblem)
    }

    private enum Place: Hashable, Sendable {
        /// Before the first delimiter, or within a part.
        case content
        /// After the boundary: `-` or blanks, then the line's end.
        case afterBoundary, lastDash, padding, lineFeed
        case head
        case isOver
        case failed(MultipartProblem)
    }

    /// Longest boundary (RFC 2046 §5.1.1).
    static let boundaryMax = 70
    private static let lineEnd = 2
    /// Blanks that may follow a boundary on its line.
    private static let paddingMax = 64

    private let limits: MultipartLimits
    /// CR LF, two dashes and the boundary. There is no other CR in it, so that what does not go on as
    /// it should begins no other.
    private let delimiter: [UInt8]
    private var place = Place.content
    /// How much of the delimiter has been seen.
    private var matched = lineEnd
    /// Whether the line end of the delimiter is none of the content: at the form's beginning there needs
    /// to be none, and that of a head may be that of a delimiter, where a part has no data.
    private var isAtBeginning = true
    private var isInPart = false
    private var preambleBytes = 0
    private var paddingBytes = 0
    private var parts = 0
    private var head: [UInt8] = []

    /// `type` is the content type of the form.
    package init(
        _ type: MediaType, limits: MultipartLimits = MultipartLimits()
    ) throws(MultipartProblem) {
        guard let boundary = type.parameters[FieldName("boundary")], Self.isBoundary(boundary)
        else { throw .noBoundary }
        self.limits = limits
        delimiter = Array("\r\n--\(boundary)".utf8)
    }

    private static func isBoundary(_ text: String) -> Bool {
        (1...boundaryMax).contains(text.utf8.count) && text.utf8.last != .space
            && text.utf8.allSatisfy(isBoundaryCharacter)
    }

    private static func isBoundaryCharacter(_ byte: UInt8) -> Bool {
        byte.isDigit || byte.lowercased &- UInt8(ascii: "a") < 26
            || "'()+_,-./:=? ".utf8.contains(byte)
    }

    /// What is wrong with a form that ends here; nil when it is complete.
    package var problem: MultipartProblem? {
        switch place {
        case .isOver: nil
        case .failed(let problem): problem
        default: .truncated
        }
    }

    /// Goes on from `index` to the next thing to tell, or to where bytes run out.
    package mutating func next(_ bytes: Span<UInt8>, _ index: inout Int) -> Step {
        while true {
            let step =
                switch place {
                case .content: readContent(bytes, &index)
                case .isOver: Step.end
                case .failed(let problem): Step.bad(problem)
                default: readLine(bytes, &index)
                }
            if let step { return step }
        }
    }

    /// Bytes up to where a delimiter begins, or may begin.
    private mutating func readContent(_ bytes: Span<UInt8>, _ index: inout Int) -> Step? {
        if matched > 0 { return goOnMatching(bytes, &index) }
        let start = index
        index = bytes.firstIndex(of: .carriageReturn, from: index)
        while index < bytes.count {
            let length = bytes.matchLength(delimiter, at: index)
            if length == delimiter.count || index + length == bytes.count { break }
            index = bytes.firstIndex(of: .carriageReturn, from: index + 1)
        }
        if index > start { return tell(.data(start..<index), count: index - start) }
        guard index < bytes.count else { return .more }
        matched = 1
        index += 1
        return nil
    }

    /// What was seen of a delimiter goes on, or was data.
    private mutating func goOnMatching(_ bytes: Span<UInt8>, _ index: inout Int) -> Step? {
        while matched < delimiter.count {
            guard index < bytes.count else { return .more }
            guard bytes[index] == delimiter[matched] else { return release(matched) }
            matched += 1
            index += 1
        }
        place = .afterBoundary
        return nil
    }

    /// Gives back what was no delimiter.
    private mutating func release(_ count: Int, then dash: [UInt8] = []) -> Step? {
        let held = Array(delimiter[(isAtBeginning ? Self.lineEnd : 0)..<count]) + dash
        (matched, isAtBeginning, place) = (0, false, .content)
        return held.isEmpty ? nil : tell(.held(held), count: held.count)
    }

    /// Tells of a part's data; what stands before the parts is counted and dropped.
    private mutating func tell(_ step: Step, count: Int) -> Step? {
        if isInPart { return step }
        preambleBytes += count
        return preambleBytes > limits.preambleBytes ? fail(.malformed) : nil
    }

    private mutating func fail(_ problem: MultipartProblem) -> Step? {
        place = .failed(problem)
        return nil
    }

    // MARK: Lines

    private mutating func readLine(_ bytes: Span<UInt8>, _ index: inout Int) -> Step? {
        guard index < bytes.count else { return .more }
        let byte = bytes[index]
        switch place {
        case .afterBoundary: return readAfterBoundary(byte, &index)
        case .lastDash:
            guard byte == UInt8(ascii: "-") else {
                return release(delimiter.count, then: [UInt8(ascii: "-")])
            }
            index += 1
            return close(then: .isOver)
        case .padding: return readPadding(byte, &index)
        case .lineFeed:
            guard byte == .lineFeed else { return fail(.malformed) }
            index += 1
            return close(then: .head)
        default: return readHead(bytes, &index)
        }
    }

    private mutating func readAfterBoundary(_ byte: UInt8, _ index: inout Int) -> Step? {
        paddingBytes = 0
        switch byte {
        case UInt8(ascii: "-"): place = .lastDash
        case .carriageReturn, .space, 0x09:
            place = .padding
            return nil
        default: return release(delimiter.count)
        }
        index += 1
        return nil
    }

    private mutating func readPadding(_ byte: UInt8, _ index: inout Int) -> Step? {
        index += 1
        if byte == .carriageReturn {
            place = .lineFeed
            return nil
        }
        paddingBytes += 1
        let isPadding = byte.isBlank && paddingBytes <= Self.paddingMax
        return isPadding ? nil : fail(.malformed)
    }

    /// A delimiter is complete: the part above it has ended.
    private mutating func close(then next: Place) -> Step? {
        (matched, isAtBeginning, place) = (0, false, next)
        defer { isInPart = false }
        return isInPart ? .partEnd : nil
    }

    private mutating func readHead(_ bytes: Span<UInt8>, _ index: inout Int) -> Step? {
        while index < bytes.count {
            head.append(bytes[index])
            index += 1
            if head.count > limits.headBytes { return fail(.headTooLarge) }
            if head.hasEmptyLineAtEnd { return beginPart() }
        }
        return .more
    }

    private mutating func beginPart() -> Step? {
        parts += 1
        if parts > limits.parts { return fail(.tooManyParts) }
        guard let part = PartHead(head) else { return fail(.malformed) }
        head.removeAll(keepingCapacity: true)
        (place, isInPart) = (.content, true)
        (matched, isAtBeginning) = (Self.lineEnd, true)
        return .part(part)
    }
}

extension [UInt8] {
    /// Whether a head ends here.
    fileprivate var hasEmptyLineAtEnd: Bool {
        guard last == .lineFeed else { return false }
        return elementsEqual("\r\n".utf8) || suffix(4).elementsEqual("\r\n\r\n".utf8)
    }
}

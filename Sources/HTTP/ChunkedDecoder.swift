/// Takes the chunks of a body apart as they arrive (RFC 9112 §7.1).
///
/// Extensions are skipped and trailer fields checked and dropped, both within limits. Every line
/// ends in CRLF, sizes are hexadecimal digits and nothing else.
package struct ChunkedDecoder: Hashable, Sendable {
    /// What the bytes at hand turned out to be.
    package enum Step: Equatable, Sendable {
        /// All bytes are used up.
        case more
        /// Bytes of the body, as a range of what was given.
        case data(Range<Int>)
        case end
        case bad(Status)
    }

    private enum Place: Hashable, Sendable {
        case size, afterSize, sizeEnd
        case data, dataEnd, dataLineFeed
        case trailer, trailerName, trailerValue, trailerLineFeed, lastLineFeed
        case done

        var isTrailer: Bool {
            switch self {
            case .trailer, .trailerName, .trailerValue, .trailerLineFeed, .lastLineFeed: true
            default: false
            }
        }
    }

    /// Digits of a size: more would not fit, and no honest chunk needs them.
    private static let sizeDigits = 15

    private let lineLimit: Int
    private let extensionLimit: Int
    private let trailerLimit: Int
    private let trailerFieldLimit: Int
    private var place = Place.size
    private var remaining = 0
    private var digits = 0
    private var lineBytes = 0
    private var extensionBytes = 0
    private var trailerBytes = 0
    private var trailerFields = 0

    package init(limits: HTTPLimits) {
        lineLimit = limits.chunkLineBytes
        extensionLimit = limits.chunkExtensionBytes
        trailerLimit = limits.headBytes
        trailerFieldLimit = limits.fields
    }

    /// Goes on from `index` to the next piece of the body or to where bytes run out.
    package mutating func next(_ bytes: Span<UInt8>, _ index: inout Int) -> Step {
        while index < bytes.count {
            if place == .data { return takeData(bytes.count, &index) }
            let byte = bytes[index]
            index += 1
            let failure = place.isTrailer ? readTrailer(byte) : readLine(byte)
            if let failure { return .bad(failure) }
            if place == .done { return .end }
        }
        return place == .done ? .end : .more
    }

    private mutating func takeData(_ end: Int, _ index: inout Int) -> Step {
        let count = min(remaining, end - index)
        let start = index
        index += count
        remaining -= count
        if remaining == 0 { place = .dataEnd }
        return .data(start..<index)
    }

    /// The line with a chunk's size, and the line end after its data.
    private mutating func readLine(_ byte: UInt8) -> Status? {
        switch place {
        case .size: return readSize(byte)
        case .afterSize: return readExtension(byte)
        case .sizeEnd:
            guard byte == .lineFeed else { return .badRequest }
            place = remaining == 0 ? .trailer : .data
            (digits, lineBytes) = (0, 0)
        case .dataEnd:
            guard byte == .carriageReturn else { return .badRequest }
            place = .dataLineFeed
        default:
            guard byte == .lineFeed else { return .badRequest }
            place = .size
        }
        return nil
    }

    private mutating func readSize(_ byte: UInt8) -> Status? {
        if let digit = byte.hexadecimalDigit {
            digits += 1
            remaining = remaining << 4 | Int(digit)
            return digits > Self.sizeDigits ? .badRequest : nil
        }
        guard digits > 0 else { return .badRequest }
        if byte == .carriageReturn {
            place = .sizeEnd
        } else if byte == UInt8(ascii: ";") {
            place = .afterSize
        } else {
            return .badRequest
        }
        return nil
    }

    private mutating func readExtension(_ byte: UInt8) -> Status? {
        if byte == .carriageReturn {
            place = .sizeEnd
            return nil
        }
        lineBytes += 1
        extensionBytes += 1
        guard byte.isFieldContent, lineBytes <= lineLimit, extensionBytes <= extensionLimit else {
            return .badRequest
        }
        return nil
    }

    private mutating func readTrailer(_ byte: UInt8) -> Status? {
        trailerBytes += 1
        if trailerBytes > trailerLimit { return .fieldsTooLarge }
        switch place {
        case .trailer where byte == .carriageReturn: place = .lastLineFeed
        case .trailer:
            trailerFields += 1
            if trailerFields > trailerFieldLimit { return .fieldsTooLarge }
            guard Token.contains(byte) else { return .badRequest }
            place = .trailerName
        case .trailerName where byte == .colon: place = .trailerValue
        case .trailerName: return Token.contains(byte) ? nil : .badRequest
        case .trailerValue where byte == .carriageReturn: place = .trailerLineFeed
        case .trailerValue: return byte.isFieldContent ? nil : .badRequest
        default:
            guard byte == .lineFeed else { return .badRequest }
            place = place == .lastLineFeed ? .done : .trailer
        }
        return nil
    }
}

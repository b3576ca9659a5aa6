import Values

/// What is wrong with the shape of a CSV text, and in which line. After it, nothing that follows
/// could be trusted to be what it seems.
package enum CSVMistake: Error, Hashable, Sendable {
    case quoteInside(line: Int)
    case textAfterQuote(line: Int)
    case quoteLeftOpen(line: Int)
    case tooLong(line: Int)
    case tooManyFields(line: Int)
    case notUTF8(line: Int)
}

extension CSVMistake: CustomStringConvertible {
    package var description: String {
        switch self {
        case .quoteInside(let line):
            "line \(line): a quote inside a field that does not begin with one"
        case .textAfterQuote(let line): "line \(line): text after a closing quote"
        case .quoteLeftOpen(let line): "line \(line): a quote is opened and never closed"
        case .tooLong(let line): "line \(line): over \(CSVReader.recordBytesMax) bytes"
        case .tooManyFields(let line): "line \(line): over \(CSVReader.fieldsMax) fields"
        case .notUTF8(let line): "line \(line): this is not UTF-8"
        }
    }
}

/// Takes CSV text apart (RFC 4180), piece by piece as it comes from a file: lines may end in either
/// way, quoted fields may span lines, empty lines and a byte order mark are passed over.
package struct CSVReader: Sendable {
    package static let recordBytesMax = 65_536
    package static let fieldsMax = 100
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// One record, with the line on which it begins.
    package struct Record: Hashable, Sendable {
        package let line: Int
        package let fields: [String]
    }

    private enum State { case fieldStart, plain, quoted, quoteInQuoted }

    private var state = State.fieldStart
    private var field: [UInt8] = []
    private var fields: [String] = []
    private var recordBytes = 0
    private var line = 1
    private var recordLine = 1
    private var isAtBeginning = true
    private var endedInReturn = false

    package init() {}

    /// The records that end within these bytes.
    package mutating func read(_ bytes: some Sequence<UInt8>) throws(CSVMistake) -> [Record] {
        var records: [Record] = []
        for byte in bytes {
            if let record = try take(byte) { records.append(record) }
        }
        return records
    }

    /// The record that no line end follows.
    package mutating func end() throws(CSVMistake) -> Record? {
        if state == .quoted { throw .quoteLeftOpen(line: recordLine) }
        return try endRecord()
    }

    private mutating func take(_ byte: UInt8) throws(CSVMistake) -> Record? {
        let followsReturn = endedInReturn
        endedInReturn = byte == .carriageReturn && state != .quoted
        if byte == .lineFeed { return try endOfLine(followsReturn) }
        recordBytes += 1
        if recordBytes > Self.recordBytesMax { throw .tooLong(line: recordLine) }
        switch (state, byte) {
        case (.quoted, .quote): state = .quoteInQuoted
        case (.quoted, _): field.append(byte)
        case (.quoteInQuoted, .quote):
            state = .quoted
            field.append(byte)
        case (_, .comma): try endField()
        case (_, .carriageReturn): return try endLine()
        case (.quoteInQuoted, _): throw .textAfterQuote(line: line)
        case (.fieldStart, .quote): state = .quoted
        case (.plain, .quote) where isAtBeginning && field == Self.byteOrderMark:
            field = []
            state = .quoted
        case (_, .quote): throw .quoteInside(line: line)
        default:
            state = .plain
            field.append(byte)
        }
        return nil
    }

    private mutating func endOfLine(_ followsReturn: Bool) throws(CSVMistake) -> Record? {
        // The second half of a line end whose first half ended the record.
        if followsReturn { return nil }
        if state == .quoted {
            line += 1
            field.append(.lineFeed)
            recordBytes += 1
            if recordBytes > Self.recordBytesMax { throw .tooLong(line: recordLine) }
            return nil
        }
        return try endLine()
    }

    private mutating func endLine() throws(CSVMistake) -> Record? {
        let record = try endRecord()
        line += 1
        recordLine = line
        return record
    }

    private mutating func endRecord() throws(CSVMistake) -> Record? {
        defer { recordBytes = 0 }
        if fields.isEmpty && field.isEmpty && state == .fieldStart { return nil }
        try endField()
        defer { fields = [] }
        return Record(line: recordLine, fields: fields)
    }

    private mutating func endField() throws(CSVMistake) {
        if isAtBeginning && field.starts(with: Self.byteOrderMark) { field.removeFirst(3) }
        isAtBeginning = false
        guard let text = String(validating: field, as: UTF8.self) else {
            throw .notUTF8(line: recordLine)
        }
        guard fields.count < Self.fieldsMax else { throw .tooManyFields(line: recordLine) }
        fields.append(text)
        field = []
        state = .fieldStart
    }
}

import Glibc

/// The fields of a response, or of a request that a test makes, in their order.
///
/// They are kept as they are sent, in one piece: most are written by one hand, sent by another and
/// looked at by nobody. A value that holds CR, LF or NUL gets blanks in their place: what comes from
/// a client may end in a `Location` and must never start a new line.
package struct Fields: Hashable, Sendable {
    /// One line of a head: a name and a value that were checked.
    package struct Field: Hashable, Sendable {
        package let name: FieldName
        package var value: String

        package init(_ name: FieldName, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// `name: value CR LF`, one line after the other.
    private(set) var lines: [UInt8] = []
    /// Whether a name among them is one that only the connection writes.
    private(set) var hasConnectionFields = false

    package init() {}

    package init(_ all: [Field]) {
        for field in all { append(field.name, field.value) }
    }

    package var isEmpty: Bool { lines.isEmpty }
    package var count: Int { all.count }

    package var all: [Field] { places.map(field) }

    /// The first value. Setting replaces every value of the name; nil removes them.
    package subscript(name: FieldName) -> String? {
        get { first(name).map { value(at: $0, name) } }
        set {
            if let first = first(name) {
                remove(name, from: first)
                if let newValue { insert(name, newValue, at: first.lowerBound) }
            } else if let newValue {
                append(name, newValue)
            }
        }
    }

    package func values(of name: FieldName) -> [String] {
        places.filter { isNamed(name, $0) }.map { value(at: $0, name) }
    }

    package func contains(_ name: FieldName) -> Bool { first(name) != nil }

    /// Adds a value and keeps those that are there.
    package mutating func append(_ name: FieldName, _ value: String) {
        if lines.isEmpty { lines.reserveCapacity(Self.usualBytes) }
        if name.belongsToConnection { hasConnectionFields = true }
        lines.append(utf8Of: name.text)
        lines.append(utf8Of: ": ")
        let start = lines.count
        lines.append(utf8Of: value)
        blankControls(from: start)
        lines.append(utf8Of: "\r\n")
    }

    private mutating func blankControls(from start: Int) {
        guard lines.span.endOfFieldContent(from: start) < lines.count else { return }
        for index in start..<lines.count where !lines[index].isFieldContent {
            lines[index] = .space
        }
    }

    /// Adds fields that were made once for many answers.
    package mutating func append(contentsOf fields: Fields) {
        if lines.isEmpty { lines.reserveCapacity(Self.usualBytes) }
        lines += fields.lines
        if fields.hasConnectionFields { hasConnectionFields = true }
    }

    /// Adds a name to `Vary` unless it is there.
    package mutating func vary(on name: FieldName) {
        guard contains(.vary) else { return append(.vary, name.text) }
        let current = values(of: .vary).flatMap(listMembers)
        if current.contains(where: { $0 == "*" || equalsIgnoringCase($0, name.text) }) { return }
        self[.vary] = (current + [name.text]).joined(separator: ", ")
    }

    /// Room for what most answers have, so that a head is one allocation.
    private static let usualBytes = 384

    package static func == (left: Fields, right: Fields) -> Bool { left.lines == right.lines }

    package func hash(into hasher: inout Hasher) { hasher.combine(lines) }

    // MARK: Lines

    /// Where each line lies, without its end.
    private var places: [Range<Int>] {
        var places: [Range<Int>] = []
        var start = 0
        while let line = line(from: start) {
            places.append(line)
            start = line.upperBound + 2
        }
        return places
    }

    private func line(from start: Int) -> Range<Int>? {
        guard start < lines.count else { return nil }
        return lines.withUnsafeBytes { bytes in
            let rest = bytes.baseAddress! + start
            guard let end = memchr(rest, Int32(UInt8.lineFeed), bytes.count - start) else {
                return nil
            }
            return start..<(start + (UnsafeRawPointer(end) - rest) - 1)
        }
    }

    private func first(_ name: FieldName) -> Range<Int>? {
        var start = 0
        while let line = line(from: start) {
            if isNamed(name, line) { return line }
            start = line.upperBound + 2
        }
        return nil
    }

    private func isNamed(_ name: FieldName, _ line: Range<Int>) -> Bool {
        let text = name.text.utf8
        let end = line.lowerBound + text.count
        guard end < line.upperBound, lines[end] == .colon else { return false }
        return lines[line.lowerBound..<end].elementsEqual(text)
    }

    private func value(at line: Range<Int>, _ name: FieldName) -> String {
        text(line.lowerBound + name.text.utf8.count + 2..<line.upperBound)
    }

    private func field(at line: Range<Int>) -> Field {
        let colon = lines[line].firstIndex(of: .colon) ?? line.upperBound
        return Field(
            FieldName(known: text(line.lowerBound..<colon)), text(colon + 2..<line.upperBound))
    }

    private func text(_ range: Range<Int>) -> String {
        String(decoding: lines[range], as: UTF8.self)
    }

    private mutating func remove(_ name: FieldName, from first: Range<Int>) {
        var start = first.lowerBound
        while let line = line(from: start) {
            if isNamed(name, line) {
                lines.removeSubrange(line.lowerBound..<line.upperBound + 2)
            } else {
                start = line.upperBound + 2
            }
        }
    }

    private mutating func insert(_ name: FieldName, _ value: String, at position: Int) {
        var line = Fields()
        line.append(name, value)
        lines.insert(contentsOf: line.lines, at: position)
    }
}

extension Fields: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (FieldName, String)...) {
        for (name, value) in elements { append(name, value) }
    }
}

extension Fields: Sequence {
    package func makeIterator() -> IndexingIterator<[Field]> { all.makeIterator() }
}

extension [UInt8] {
    fileprivate mutating func append(utf8Of text: String) {
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { append(contentsOf: $0) }
        if isDone == nil { append(contentsOf: text.utf8) }
    }
}

/// The members of a comma-separated list (RFC 9110 §5.6.1), without blanks and empty ones. Commas
/// in quoted strings do not separate.
package func listMembers(_ value: String) -> [String] {
    var members: [String] = []
    var start = value.startIndex
    var isQuoted = false
    var isEscaped = false
    for index in value.utf8.indices {
        let byte = value.utf8[index]
        if isEscaped {
            isEscaped = false
        } else if isQuoted && byte == UInt8(ascii: "\\") {
            isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
            isQuoted.toggle()
        } else if byte == UInt8(ascii: ",") && !isQuoted {
            members.append(String(value[start..<index].trimmed))
            start = value.utf8.index(after: index)
        }
    }
    members.append(String(value[start...].trimmed))
    return members.filter { !$0.isEmpty }
}

import Values

/// What stands above the data of one part of a form (RFC 7578 §4).
package struct PartHead: Hashable, Sendable {
    /// The name of the form's field.
    package let name: String
    /// What the client calls the file, if the part says that it is one. Never a path to be used.
    package let filename: String?
    /// What the client says that the data are.
    package let type: MediaType?

    package init(name: String, filename: String? = nil, type: MediaType? = nil) {
        (self.name, self.filename, self.type) = (name, filename, type)
    }

    /// Reads lines with their ends, the empty one included. Nil unless they say which field it is, and
    /// nothing of the data is coded (RFC 7578 §4.7).
    init?(_ bytes: [UInt8]) {
        var disposition: [UInt8]?
        var type: MediaType?
        for line in Self.lines(bytes) {
            guard let (name, value) = Self.field(line) else { return nil }
            switch name {
            case "content-disposition":
                guard disposition == nil else { return nil }
                disposition = value
            case "content-type": type = MediaType(String(decoding: value, as: UTF8.self))
            case "content-transfer-encoding":
                guard Self.isPlain(value) else { return nil }
            default: break
            }
        }
        guard let disposition, let said = FormDisposition(disposition) else { return nil }
        self.init(name: said.name, filename: said.filename, type: type)
    }

    private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        for index in bytes.indices.dropLast()
        where bytes[index] == .carriageReturn && bytes[index + 1] == .lineFeed {
            if index > start { lines.append(bytes[start..<index]) }
            start = index + 2
        }
        return lines
    }

    /// A name in lower case and a value without blanks around it. No control characters, no bare line
    /// ends, no folded lines.
    private static func field(_ line: ArraySlice<UInt8>) -> (name: String, value: [UInt8])? {
        guard line.allSatisfy(\.isFieldContent), let colon = line.firstIndex(of: .colon),
            let name = FieldName(String(decoding: line[..<colon], as: UTF8.self))
        else { return nil }
        return (name.text, Array(line[(colon + 1)...].withoutBlanksAround))
    }

    private static func isPlain(_ coding: [UInt8]) -> Bool {
        ["7bit", "8bit", "binary"].contains(String(decoding: coding, as: UTF8.self).lowercased())
    }
}

/// `form-data; name="…"; filename="…"`, as browsers write it: UTF-8 in quotes, with `%22`, `%0D` and
/// `%0A` for what cannot stand there, and as others do, with `\"`.
struct FormDisposition {
    let name: String
    private(set) var filename: String?

    init?(_ value: [UInt8]) {
        let parts = Self.parts(value)
        guard let kind = parts.first, Self.text(kind).lowercased() == "form-data" else {
            return nil
        }
        var name: String?
        for part in parts.dropFirst() {
            guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            let value = part[(equals + 1)...]
            switch Self.text(part[..<equals]).lowercased() {
            case "name":
                guard name == nil else { return nil }
                name = String(validating: Self.unquoted(value), as: UTF8.self)
                    .map(Self.unescaped)
            case "filename":
                guard filename == nil else { return nil }
                filename = Self.unescaped(String(decoding: Self.unquoted(value), as: UTF8.self))
            default: break
            }
        }
        guard let name, !name.isEmpty else { return nil }
        self.name = name
    }

    /// What stands between semicolons that are not in quotes, without blanks around it.
    private static func parts(_ value: [UInt8]) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var start = 0
        var isQuoted = false
        for index in value.indices {
            switch value[index] {
            case UInt8(ascii: "\"") where !(isQuoted && isEscaped(value, index)): isQuoted.toggle()
            case UInt8(ascii: ";") where !isQuoted:
                parts.append(value[start..<index])
                start = index + 1
            default: break
            }
        }
        return (parts + [value[start...]]).map(\.withoutBlanksAround)
    }

    /// Whether an odd number of backslashes stands before a quote.
    private static func isEscaped(_ value: [UInt8], _ index: Int) -> Bool {
        value[..<index].reversed().prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 1
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.withoutBlanksAround, as: UTF8.self)
    }

    private static func unquoted(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let quote = UInt8(ascii: "\"")
        let bytes = value.withoutBlanksAround
        let isQuoted = bytes.count >= 2 && bytes.first == quote && bytes.last == quote
        return isQuoted ? bytes.dropFirst().dropLast() : bytes
    }

    private static func unescaped(_ text: String) -> String {
        escapes.reduce(text) { $0.replacing($1.code, with: $1.character) }
    }

    private static let escapes: [(code: String, character: String)] = [
        ("\\\"", "\""), ("%22", "\""), ("%0D", "\r"), ("%0A", "\n"),
    ]
}

extension ArraySlice<UInt8> {
    fileprivate var withoutBlanksAround: ArraySlice<UInt8> {
        let rest = drop(while: \.isBlank)
        let end = rest.lastIndex { !$0.isBlank }.map { $0 + 1 } ?? rest.startIndex
        return rest[..<end]
    }
}

/// The fields of a response, or of a request that a test makes, in their order.
///
/// A value that holds CR, LF or NUL is sent with blanks in their place: what comes from a client
/// may end in a `Location` and must never start a new line.
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

    package private(set) var all: [Field]

    package init(_ all: [Field] = []) { self.all = all }

    package var isEmpty: Bool { all.isEmpty }
    package var count: Int { all.count }

    /// The first value. Setting replaces every value of the name; nil removes them.
    package subscript(name: FieldName) -> String? {
        get { all.first { $0.name == name }?.value }
        set {
            guard let newValue else { return all.removeAll { $0.name == name } }
            guard let index = all.firstIndex(where: { $0.name == name }) else {
                return append(name, newValue)
            }
            all[index].value = newValue
            let rest = index + 1
            if all[rest...].contains(where: { $0.name == name }) {
                all = all[..<rest] + all[rest...].filter { $0.name != name }
            }
        }
    }

    package func values(of name: FieldName) -> [String] {
        all.compactMap { $0.name == name ? $0.value : nil }
    }

    package func contains(_ name: FieldName) -> Bool { all.contains { $0.name == name } }

    /// Adds a value and keeps those that are there.
    package mutating func append(_ name: FieldName, _ value: String) {
        all.append(Field(name, value))
    }

    package mutating func append(contentsOf fields: Fields) {
        all.append(contentsOf: fields.all)
    }

    /// Adds a name to `Vary` unless it is there.
    package mutating func vary(on name: FieldName) {
        guard contains(.vary) else { return append(.vary, name.text) }
        let current = values(of: .vary).flatMap(listMembers)
        if current.contains(where: { $0 == "*" || equalsIgnoringCase($0, name.text) }) { return }
        self[.vary] = (current + [name.text]).joined(separator: ", ")
    }
}

extension Fields: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (FieldName, String)...) {
        all = elements.map { Field($0.0, $0.1) }
    }
}

extension Fields: Sequence {
    package func makeIterator() -> IndexingIterator<[Field]> { all.makeIterator() }
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

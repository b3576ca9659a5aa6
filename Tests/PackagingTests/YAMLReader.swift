/// Reads the part of YAML that the compose file uses: nested mappings, lists of scalars, lists in
/// brackets, quoted scalars, comments. Anything else is an error, so that the file stays that simple.
indirect enum YAML: Equatable {
    case text(String)
    case list([String])
    case mapping([String: YAML])

    struct Unreadable: Error {
        let line: String
    }

    init(parsing text: String) throws {
        var lines = text.split(separator: "\n").map(String.init).filter {
            !$0.drop { $0 == " " }.hasPrefix("#") && !$0.allSatisfy(\.isWhitespace)
        }[...]
        self = try Self.block(&lines, indentation: 0)
        if let rest = lines.first { throw Unreadable(line: rest) }
    }

    subscript(keys: String...) -> YAML? {
        var value: YAML? = self
        for key in keys {
            guard case .mapping(let members) = value else { return nil }
            value = members[key]
        }
        return value
    }

    var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    var list: [String] {
        if case .list(let list) = self { list } else { [] }
    }

    private static func block(_ lines: inout ArraySlice<String>, indentation: Int) throws -> YAML {
        var members: [String: YAML] = [:]
        var items: [String] = []
        while let line = lines.first, line.indentation == indentation {
            lines.removeFirst()
            let content = line.dropFirst(indentation)
            if content.hasPrefix("- ") {
                items.append(scalar(content.dropFirst(2)))
            } else {
                guard let colon = content.firstRange(of: ":") else { throw Unreadable(line: line) }
                let key = String(content[..<colon.lowerBound])
                let rest = content[colon.upperBound...].drop { $0 == " " }
                guard members[key] == nil else { throw Unreadable(line: line) }
                members[key] = try value(rest, &lines, deeperThan: indentation)
            }
        }
        guard items.isEmpty || members.isEmpty else { throw Unreadable(line: "list in a mapping") }
        return items.isEmpty ? .mapping(members) : .list(items)
    }

    private static func value(
        _ rest: Substring, _ lines: inout ArraySlice<String>, deeperThan indentation: Int
    ) throws -> YAML {
        if rest.isEmpty {
            guard let next = lines.first?.indentation, next > indentation else { return .text("") }
            return try block(&lines, indentation: next)
        }
        if rest.hasPrefix("["), rest.hasSuffix("]") {
            return .list(rest.dropFirst().dropLast().split(separator: ", ").map { scalar($0) })
        }
        return .text(scalar(rest))
    }

    private static func scalar(_ text: Substring) -> String {
        text.count > 1 && text.first == "\"" && text.last == "\""
            ? String(text.dropFirst().dropLast()) : String(text)
    }
}

extension String {
    fileprivate var indentation: Int { prefix { $0 == " " }.count }
}

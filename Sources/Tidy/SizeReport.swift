/// What stands out in size. Nothing here fails anything: you look at it.
package struct SizeReport {
    /// A file or a function, and how long it is.
    package struct Entry {
        package let place: String
        package let lines: Int
    }

    package let files: [Entry]
    package let functions: [Entry]

    package init(_ clone: Clone) {
        files = clone.sources.map { Entry(place: $0.path, lines: $0.lines.count - 1) }
            .sorted { $0.lines > $1.lines }
        functions = clone.sources.flatMap(Self.functions).sorted { $0.lines > $1.lines }
    }

    /// The value below which `share` of the entries lie; entries are sorted, longest first.
    package static func quantile(_ share: Double, of entries: [Entry]) -> Int {
        guard !entries.isEmpty else { return 0 }
        return entries[Int(Double(entries.count - 1) * (1 - share))].lines
    }

    /// Functions and initializers with a body, by the braces that open and close.
    private static func functions(_ file: SourceFile) -> [Entry] {
        guard let code = file.swift?.code else { return [] }
        return code.indices.compactMap { line in
            guard file.uses("func", at: line) || file.uses("init", at: line),
                code[line].contains("("), !code[line].contains("."),
                let end = endOfBody(code, from: line)
            else { return nil }
            let name = file.lines[line].trimmed.prefix(70)
            return Entry(place: "\(file.path):\(line + 1) \(name)", lines: end - line + 1)
        }
    }

    private static func endOfBody(_ code: [String], from line: Int) -> Int? {
        var depth = 0
        for index in line..<code.count {
            for character in code[index].utf8 {
                if character == UInt8(ascii: "{") { depth += 1 }
                if character == UInt8(ascii: "}") {
                    depth -= 1
                    if depth == 0 { return index }
                    if depth < 0 { return nil }
                }
            }
            if depth == 0, index > line + 12 { return nil }
        }
        return nil
    }
}

import Coding
import SQL

// The file is SQL that a person can read and review, with lines between its parts:
//
//     -- atrium: sqlite up
//     CREATE TABLE …
//     -- atrium: tables
//     -- {"name":"items", …}

extension MigrationFile {
    private enum Part: String, CaseIterable {
        case sqliteUp = "sqlite up"
        case sqliteDown = "sqlite down"
        case postgresUp = "postgres up"
        case postgresDown = "postgres down"
        case tables
    }

    private static let mark = "-- atrium: "
    private static let comment = "-- "

    package var text: String {
        var text = """
            -- \(title): what changed in the declared resources, for both engines.
            -- Written by `atrium resources apply`. A database that has applied it remembers its text:
            -- from then on, edit nothing here, and declare a further change instead.

            """
        let parts: [(Part, String)] = [
            (.sqliteUp, sqlite.up), (.sqliteDown, sqlite.down), (.postgresUp, postgres.up),
            (.postgresDown, postgres.down),
        ]
        for (part, script) in parts { text += "\n\(Self.mark)\(part.rawValue)\n\(script)" }
        text += "\n\(Self.mark)\(Part.tables.rawValue)\n"
        text += tables.map { "\(Self.comment)\($0.json)\n" }.joined()
        return text
    }

    /// Why a file is no migration, as the end of a sentence that begins with its name.
    package struct Mistake: Error, Hashable, Sendable {
        package let problem: String
    }

    /// Reads `0001_items.sql`.
    package init(fileName: String, bytes: [UInt8]) throws(Mistake) {
        let (number, name) = try Self.title(fileName)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Mistake(problem: "is not UTF-8")
        }
        let parts = try Self.parts(of: text)
        func script(_ part: Part) throws(Mistake) -> String {
            guard let lines = parts[part] else {
                throw Mistake(problem: "lacks the line `\(Self.mark)\(part.rawValue)`")
            }
            return lines.joined(separator: "\n") + (lines.isEmpty ? "" : "\n")
        }
        self.init(
            number: number, name: name,
            sqlite: Script(up: try script(.sqliteUp), down: try script(.sqliteDown)),
            postgres: Script(up: try script(.postgresUp), down: try script(.postgresDown)),
            tables: try Self.tables(try script(.tables)))
    }

    private static func title(_ fileName: String) throws(Mistake) -> (Int, String) {
        let stem = fileName.hasSuffix(".sql") ? fileName.dropLast(4) : fileName[...]
        let digits = stem.prefix { $0 != "_" }
        let name = stem.dropFirst(digits.count + 1)
        guard digits.utf8.count >= 4, let number = Int(digits), number > 0, isName(String(name))
        else { throw Mistake(problem: "must be called like 0001_items.sql") }
        return (number, String(name))
    }

    /// Lower-case letters, digits and underscores.
    package static func isName(_ name: String) -> Bool {
        (1...100).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || byte == UInt8(ascii: "_")
            }
    }

    private static func parts(of text: String) throws(Mistake) -> [Part: [String]] {
        var parts: [Part: [String]] = [:]
        var current: Part?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix(mark) {
                let word = String(line.dropFirst(mark.count))
                guard let part = Part(rawValue: word), parts[part] == nil else {
                    throw Mistake(problem: "has the line `\(line)` that is not known, or twice")
                }
                (current, parts[part]) = (part, [])
            } else if let current {
                parts[current, default: []].append(String(line))
            }
        }
        return parts.mapValues { lines in
            var lines = lines[...]
            while lines.last?.isEmpty == true { lines.removeLast() }
            return Array(lines)
        }
    }

    private static func tables(_ text: String) throws(Mistake) -> [TableShape] {
        var tables: [TableShape] = []
        for line in text.split(separator: "\n") {
            guard line.hasPrefix(comment),
                let json = try? JSON(parsing: Array(line.dropFirst(comment.count).utf8)),
                let table = TableShape(json)
            else { throw Mistake(problem: "has tables that cannot be read") }
            tables.append(table)
        }
        return tables
    }
}

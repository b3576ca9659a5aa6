// The rules about SQL: it is in view, made at compile time, and prepared by a test.

extension Rule {
    private static let openings = [
        "SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "WITH ", "CREATE TABLE ",
        "CREATE INDEX ", "CREATE UNIQUE ", "ALTER TABLE ", "DROP TABLE ", "DROP INDEX ",
        "SAVEPOINT ", "RELEASE ", "PRAGMA ", "LISTEN ", "NOTIFY ", "SET ",
    ]

    private static func isSQL(_ literal: StringLiteral) -> Bool {
        let text = literal.text.trimmed
        return openings.contains { text.hasPrefix($0) }
    }

    /// The targets that speak to an engine about itself; everyone else uses statements.
    private static let engines = [
        "Sources/SQL/", "Sources/SQLiteStore/", "Sources/PostgresStore/", "Sources/Tidy/",
        "Sources/DatabaseTesting/", "Sources/AtriumTesting/", "Sources/Executables/dev/",
    ]

    /// Declared resources have names that nobody knows beforehand: their SQL is made of `SQLFragment`s,
    /// which this rule cannot tell from strings. A string that is none gets to an engine only here.
    private static let fragments = "Sources/Resources/"
    private static let ways = ["runScript", "StatementCore", "Script"]

    static let sqlIsStatic = Rule(
        "SQL is static",
        each: { file in
            guard file.isSource, !file.path.hasPrefix("Sources/Tidy/") else { return [] }
            let isEngine = engines.contains { file.path.hasPrefix($0) }
            let homes = ["Statement", "Migration", "Script", "SQLFragment", "init"]
            return (file.swift?.literals ?? []).filter(isSQL).compactMap { literal in
                if file.path.hasPrefix(fragments), !ways.contains(literal.call) { return nil }
                if homes.contains(literal.call) { return nil }
                // A pragma takes no parameters; what a store puts in is a number of its options.
                let isPragma = literal.text.hasPrefix("PRAGMA ")
                if isEngine, !literal.isInterpolated || isPragma { return nil }
                if file.givesReason(at: literal.line) || isTestSupport(file) { return nil }
                return file.violation(
                    literal.line,
                    literal.isInterpolated
                        ? "SQL made at run time: bind values in a Statement or an SQLFragment"
                        : "SQL outside a Statement, Migration or SQLFragment")
            }
        })

    private static func isStore(_ file: SourceFile) -> Bool {
        file.path.hasPrefix("Sources/SQLiteStore/") || file.path.hasPrefix("Sources/PostgresStore/")
    }

    private static func isTestSupport(_ file: SourceFile) -> Bool {
        file.isProgram || file.path.contains("Testing/")
    }

    /// The test that prepares every statement on both engines finds them by these lists. What a
    /// store asks its own engine is not for the other.
    static let statementsAreListed = Rule(
        "statements are listed",
        all: { clone in
            let listed = Set(clone.sources.flatMap(\.listedStatements))
            return clone.sources.filter { !isStore($0) && !isTestSupport($0) }.flatMap { file in
                file.statements.compactMap { line, name in
                    guard !listed.contains(name) else { return nil }
                    return file.violation(
                        line, "add \(name) to its type's `statements`, so that a test prepares it")
                }
            }
        })
}

extension SourceFile {
    /// `static let name = Statement(…`, each with its line.
    var statements: [(line: Int, name: String)] {
        guard let code = swift?.code else { return [] }
        return code.indices.compactMap { line in
            guard let equals = code[line].firstRange(of: " = Statement") else { return nil }
            let words = code[line][..<equals.lowerBound].split { $0 == " " || $0 == ":" }
            guard let at = words.firstIndex(of: "let"), at + 1 < words.count else { return nil }
            return (line, String(words[at + 1]))
        }
    }

    /// The names between the brackets of every `statements` list of this file.
    var listedStatements: [String] {
        guard let code = swift?.code else { return [] }
        return code.indices.filter { uses("statements", at: $0) }.flatMap { line -> [String] in
            var names: [String] = []
            for text in code[line...].prefix(60) {
                names += text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
                if text.contains("]") && !text.contains("[StatementCore]") { break }
                if text.trimmed == "}" { break }
            }
            return names
        }
    }
}

/// docs/requirements.md: one line for each requirement, with the tests that name it.
package struct RequirementsTable {
    package static let path = "docs/requirements.md"

    private let file: SourceFile?
    /// The ids named in tests, each with where.
    private let uses: [(file: SourceFile, line: Int, id: String)]

    package init(_ clone: Clone) {
        file = clone.files.first { $0.path == Self.path }
        // What a person sees is tested in a browser, by scripts.
        let scripts = clone.files.filter { $0.path.hasSuffix(".py") && $0.isTest }
        uses = (clone.tests + scripts).flatMap { test in
            // Ids stand in titles and comments; the tests of these very rules make some up.
            test.path.contains("/TidyTests/")
                ? []
                : test.lines.indices.flatMap { line in
                    Self.ids(test.lines[line]).map { (test, line, $0) }
                }
        }
    }

    /// Ids that tests name and the table does not have.
    var unknown: [(SourceFile, Int, String)] {
        let known = Set(rows.map(\.id))
        return uses.filter { !known.contains($0.id) }.map { ($0.file, $0.line, $0.id) }
    }

    /// Lines whose last column names a test that does not name them. That a new test is not there
    /// yet is no lie; `make requirements` writes it.
    var stale: [(Int, String)] {
        rows.filter { row in
            let proofs = proof(of: row.id, now: row.proof).split(separator: ", ")
            return row.proof.split(separator: ", ").contains { !proofs.contains($0) }
        }.map { ($0.line, $0.id) }
    }

    /// The document with its last column as the tests say.
    package var updated: String {
        var lines = file?.lines ?? []
        for row in rows {
            lines[row.line] = "| \(row.id) | \(row.what) | \(proof(of: row.id, now: row.proof)) |"
        }
        return lines.joined(separator: "\n")
    }

    /// How many lines need a test, and which of them have none.
    package var summary: (all: Int, unproven: [String]) {
        let needed = rows.filter { !$0.what.hasPrefix("(means)") }
        let named = Set(uses.map(\.id))
        return (needed.count, needed.map(\.id).filter { !named.contains($0) })
    }

    private var rows: [(line: Int, id: String, what: String, proof: String)] {
        (file?.lines ?? []).enumerated().compactMap { line, text in
            let cells = text.split(separator: " | ", omittingEmptySubsequences: false)
            guard text.hasPrefix("| S"), cells.count == 3 else { return nil }
            let proof = cells[2].split(separator: "|", omittingEmptySubsequences: false)[0]
            return (line, String(cells[0].dropFirst(2)), String(cells[1]), String(proof).trimmed)
        }
    }

    /// What is written by hand stays where no test names the line.
    private func proof(of id: String, now: String) -> String {
        let files = uses.filter { $0.id == id }.map { $0.file.path.dropFirst("Tests/".count) }
        if files.isEmpty { return now.hasPrefix("docs/") ? now : "" }
        return Set(files).sorted().joined(separator: ", ")
    }

    /// `S3-11` and the like.
    static func ids(_ text: String) -> [String] {
        guard text.contains("-") else { return [] }
        return text.split { !$0.isLetter && !$0.isNumber && $0 != "-" }.compactMap { word in
            let parts = word.split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].count == 2, parts[0].hasPrefix("S"),
                parts[0].last?.isNumber == true, Int(parts[1]) != nil
            else { return nil }
            return String(word)
        }
    }
}

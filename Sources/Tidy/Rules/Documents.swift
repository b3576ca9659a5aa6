// The rules about documents: what they point to exists, and what they promise is proven.

extension Rule {
    static let documentsPointSomewhere = Rule(
        "documents point somewhere",
        all: { clone in
            clone.documents.flatMap { file in
                file.references.compactMap { line, reference in
                    let path = reference.isLink ? file.resolve(reference.path) : reference.path
                    guard !clone.contains(path) else { return nil }
                    return file.violation(line, "there is no \(path)")
                }
            }
        })

    static let requirementsAreNamed = Rule(
        "requirements are named",
        all: { clone in
            let table = RequirementsTable(clone)
            let unknown = table.unknown.map { file, line, id in
                file.violation(line, "\(id) is not a line of \(RequirementsTable.path)")
            }
            return unknown
                + table.stale.map { line, id in
                    Violation(
                        path: RequirementsTable.path, line: line + 1,
                        message: "\(id) is not proven by what it says: run `make requirements`")
                }
        })
}

extension SourceFile {
    struct Reference {
        let path: String
        let isLink: Bool
    }

    /// Links to files, and file names in backquotes that start at the clone's root.
    var references: [(line: Int, reference: Reference)] {
        var isBlock = false
        return lines.indices.flatMap { line -> [(Int, Reference)] in
            if lines[line].hasPrefix("```") { isBlock.toggle() }
            if isBlock || lines[line].hasPrefix("    ") { return [] }
            return (Self.links(lines[line]) + Self.names(lines[line])).map { (line, $0) }
        }
    }

    private static func links(_ line: String) -> [Reference] {
        line.split(separator: "](").dropFirst().compactMap { rest in
            let target = rest.prefix { $0 != ")" && $0 != "#" }
            if target.isEmpty || target.contains("://") { return nil }
            return Reference(path: String(target), isLink: true)
        }
    }

    private static func names(_ line: String) -> [Reference] {
        let parts = line.split(separator: "`", omittingEmptySubsequences: false)
        return parts.indices.filter { $0 % 2 == 1 }.compactMap { index in
            let roots = ["docs/", "Sources/", "Tests/", "packages/", ".ci/"]
            let name = String(parts[index])
            guard roots.contains(where: name.hasPrefix), !name.contains("*"), !name.contains(" "),
                !name.contains("<"), !name.contains("…"), !name.contains("{")
            else { return nil }
            return Reference(path: name, isLink: false)
        }
    }

    /// A link is relative to the document it stands in.
    func resolve(_ link: String) -> String {
        var parts = folders.map(String.init)
        for part in link.split(separator: "/") {
            if part == ".." {
                _ = parts.popLast()
            } else if part != "." {
                parts.append(String(part))
            }
        }
        return parts.joined(separator: "/")
    }
}

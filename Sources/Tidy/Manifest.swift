/// What Package.swift says, read from its text: the targets with their layer and dependencies.
///
/// It reads the house's own short forms (`library`, `app`, `program`, `clang`, `tests`) and `.target`; the
/// layer is the number in the last comment of the form `// 2: engines.`.
package struct Manifest {
    /// A target with the layer that the heading above it gives.
    package struct Target: Sendable {
        package let name: String
        package let path: String
        package let layer: Int
        package let dependencies: [String]
        package let isTest: Bool
        /// Counted from 0.
        package let line: Int
    }

    /// Behind every numbered layer: may use all of them.
    package static let testSupport = 9

    package private(set) var targets: [Target] = []

    package init(_ text: String) {
        let swift = SwiftText(text)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let starts = lines.indices.filter { Self.form(of: lines[$0].trimmed) != nil }
        var layer: Int?
        for index in lines.indices {
            let line = lines[index].trimmed
            layer = Self.layer(line) ?? layer
            guard let layer, let form = Self.form(of: line) else { continue }
            let end = starts.first { $0 > index } ?? lines.count
            let words = swift.literals.filter { (index..<end).contains($0.line) }.map(\.text)
            if let name = words.first { add(name, Array(words.dropFirst()), form, layer, index) }
        }
    }

    package func target(named name: String) -> Target? {
        targets.first { $0.name == name }
    }

    private static func layer(_ line: String) -> Int? {
        if line.hasPrefix("// Test support") { return testSupport }
        guard line.hasPrefix("// "), line.dropFirst(4).hasPrefix(":") else { return nil }
        return line.dropFirst(3).first?.wholeNumberValue
    }

    private static func form(of line: String) -> String? {
        ["library(", "app(", "program(", "clang(", "tests(", ".target("].first {
            line.hasPrefix($0)
        }
    }

    /// C libraries name packages where the others name dependencies.
    private mutating func add(
        _ name: String, _ words: [String], _ form: String, _ layer: Int, _ line: Int
    ) {
        let isC = form == "clang(" || form == ".target("
        targets.append(
            Target(
                name: name, path: Self.path(name, form),
                layer: form == "tests(" ? Self.testSupport : layer,
                dependencies: isC ? [] : words, isTest: form == "tests(", line: line))
    }

    private static func path(_ name: String, _ form: String) -> String {
        switch form {
        case "app(": "Sources/Apps/" + name
        case "program(": "Sources/Executables/" + name
        case "clang(", ".target(": "Sources/C/" + name
        case "tests(": "Tests/" + name
        default: "Sources/" + name
        }
    }
}

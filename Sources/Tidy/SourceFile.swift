/// One file of the clone, by its path from the root.
package struct SourceFile {
    package let path: String
    package let text: String
    /// Lines as they are.
    package let lines: [String]
    /// Taken apart if it is Swift.
    package let swift: SwiftText?

    package init(path: String, text: String) {
        self.path = path
        self.text = text
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        swift = path.hasSuffix(".swift") ? SwiftText(text) : nil
    }

    package var name: String { String(path.split(separator: "/").last ?? "") }
    package var folders: [Substring] { path.split(separator: "/").dropLast() }
    package var isTest: Bool { path.hasPrefix("Tests/") }
    package var isSource: Bool { path.hasPrefix("Sources/") }
    /// The programs, which may print.
    package var isProgram: Bool { path.hasPrefix("Sources/Executables/") }

    /// Whether the line excuses itself: a comment of three words or more on it says why.
    package func givesReason(at line: Int) -> Bool {
        guard let comment = swift?.comments[line], comment.hasPrefix("// ") else { return false }
        return comment.split(separator: " ").count > 3
    }

    package func violation(_ line: Int, _ message: String) -> Violation {
        Violation(path: path, line: line + 1, message: message)
    }
}

/// A broken rule: where, and what to do instead.
package struct Violation: Hashable, CustomStringConvertible {
    package let path: String
    /// Counted from 1.
    package let line: Int
    package let message: String

    package init(path: String, line: Int, message: String) {
        self.path = path
        self.line = line
        self.message = message
    }

    package var description: String { "\(path):\(line): \(message)" }
}

/// One rule of the house. It is never a matter of taste.
package struct Rule: Sendable {
    package let name: String
    package let check: @Sendable (Clone) -> [Violation]

    /// A rule that looks at one file at a time.
    init(_ name: String, each check: @escaping @Sendable (SourceFile) -> [Violation]) {
        self.name = name
        self.check = { clone in clone.files.flatMap(check) }
    }

    init(_ name: String, all check: @escaping @Sendable (Clone) -> [Violation]) {
        self.name = name
        self.check = check
    }

    package static let all: [Rule] = [
        .arrowsPointDown, .importsAreDeclared, .foundationHasAReason, .everyFileHasATarget,
        .nothingIsAmbient, .nothingTraps, .uncheckedSaysWhy, .namesSayWhat, .workHasAnIssue,
        .packageTypesAreDocumented, .noMachinePaths, .sqlIsStatic, .statementsAreListed,
        .stateMachinesAreValues, .featuresKeepApart, .documentsPointSomewhere,
        .requirementsAreNamed,
    ]
}

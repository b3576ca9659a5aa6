import Testing

@testable import Tidy

/// Each rule finds what it is for: a rule that never fires is not a rule.
@Suite struct RuleTests {
    private static let manifest = """
        let package = Package(
            targets: [
                // 1: vocabulary.
                library("Values"),
                // 2: engines.
                library("Loop", ["Values"]),
                library(
                    "SQL",
                    ["Values", "Loop"]),
                // 5: features.
                library("SignIn", ["SQL"]),
                // 6: apps.
                app("Icons", ["SignIn"]),
                // Test support.
                tests("SQLTests", ["SQL"]),
            ])
        """

    /// What the rule says about these files in a clone with the manifest above.
    private func broken(_ rule: Rule, _ files: [String: String], manifest: String = manifest)
        -> [String]
    {
        let files = files.merging(["Package.swift": manifest]) { $1 }
        let clone = Clone(files.map { SourceFile(path: $0.key, text: $0.value) })
        return rule.check(clone).map { "\($0.path):\($0.line)" }.sorted()
    }

    private func broken(_ rule: Rule, code: String, at path: String = "Sources/SQL/A.swift")
        -> [String]
    {
        broken(rule, [path: code])
    }

    @Test func `an arrow that points up is found`() {
        let upward = Self.manifest.replacing(
            #"library("Values")"#, with: #"library("Values", ["Loop"])"#)
        #expect(broken(.arrowsPointDown, [:]) == [])
        #expect(broken(.arrowsPointDown, [:], manifest: upward) == ["Package.swift:4"])
    }

    @Test func `an import that the manifest does not name is found`() {
        #expect(
            broken(.importsAreDeclared, code: "import Values\nimport SignIn") == [
                "Sources/SQL/A.swift:2"
            ])
        #expect(
            broken(.importsAreDeclared, code: "@testable import SQL", at: "Tests/SQLTests/A.swift")
                == [])
    }

    @Test func `Foundation in the server needs a reason`() {
        #expect(
            broken(.foundationHasAReason, code: "import Foundation") == ["Sources/SQL/A.swift:1"])
        #expect(
            broken(.foundationHasAReason, code: "import Foundation  // It alone reads JSON5.") == []
        )
        #expect(
            broken(.foundationHasAReason, code: "import Foundation", at: "Sources/SignIn/A.swift")
                == ["Sources/SignIn/A.swift:1"])
    }

    @Test func `a file in no target is found`() {
        #expect(
            broken(.everyFileHasATarget, code: "", at: "Sources/Lost/A.swift") == [
                "Sources/Lost/A.swift:1"
            ])
        #expect(broken(.everyFileHasATarget, code: "") == [])
        #expect(
            broken(.everyFileHasATarget, code: "", at: "Sources/Apps/Icons/Rows/A.swift") == [])
    }

    @Test(arguments: [
        "let a = Date()", "let a: Date = .now", "f(.now)", "Int.random(in: 0...1)",
        "list.shuffled()",
        "try await Task.sleep(for: .seconds(1))", "DispatchQueue.main.async {}", "UUID()",
        "let clock = ContinuousClock()", "Task.detached { }",
    ]) func `an ambient source is found`(_ code: String) {
        #expect(broken(.nothingIsAmbient, code: code) == ["Sources/SQL/A.swift:1"])
        #expect(broken(.nothingIsAmbient, code: "// \(code)\nlet text = \"\(code)\"") == [])
        #expect(broken(.nothingIsAmbient, code: code, at: "Sources/Values/Ambient.swift") == [])
    }

    @Test(arguments: [
        "call.now", "clock.now", "Int.random(in: 0...1, using: &seeded)", "let loop.now = 1",
        "myUUID()", "loop.sleep(for: x)",
    ])
    func `what is passed in is not ambient`(_ code: String) {
        #expect(broken(.nothingIsAmbient, code: code) == [])
    }

    @Test(arguments: ["try! f()", "a as! B", "fatalError(\"no\")", "print(\"x\")"])
    func `a trap or a print needs a reason on its line`(_ code: String) {
        #expect(broken(.nothingTraps, code: code) == ["Sources/SQL/A.swift:1"])
        #expect(broken(.nothingTraps, code: code + "  // The table above has it.") == [])
        #expect(broken(.nothingTraps, code: code + "  // no") == ["Sources/SQL/A.swift:1"])
    }

    @Test func `programs may print`() {
        #expect(
            broken(.nothingTraps, code: "print(1)", at: "Sources/Executables/dev/A.swift") == [])
    }

    @Test func `unchecked Sendable needs a comment that says why it is safe`() {
        let bare = "final class A: @unchecked Sendable {}"
        #expect(broken(.uncheckedSaysWhy, code: bare) == ["Sources/SQL/A.swift:1"])
        #expect(broken(.uncheckedSaysWhy, code: "/// A.\n\(bare)") == ["Sources/SQL/A.swift:2"])
        #expect(
            broken(.uncheckedSaysWhy, code: "// Safe because one thread has it.\n\(bare)") == [])
    }

    @Test func `names that say nothing are found`() {
        #expect(
            broken(.namesSayWhat, code: "struct UserDTO {}\nenum Managers {}") == [
                "Sources/SQL/A.swift:1"
            ])
        #expect(
            broken(.namesSayWhat, code: "", at: "Sources/SQL/Utils/A.swift") == [
                "Sources/SQL/Utils/A.swift:1"
            ])
    }

    @Test func `work to do names an issue`() {
        let later = "// TO" + "DO"
        #expect(broken(.workHasAnIssue, code: later + ": soon") == ["Sources/SQL/A.swift:1"])
        #expect(broken(.workHasAnIssue, code: later + "(#12): soon") == [])
        #expect(broken(.workHasAnIssue, code: "// FIX" + "ME(#12)") == ["Sources/SQL/A.swift:1"])
    }

    @Test func `package types are documented`() {
        #expect(
            broken(.packageTypesAreDocumented, code: "package struct A {}") == [
                "Sources/SQL/A.swift:1"
            ])
        #expect(
            broken(.packageTypesAreDocumented, code: "/// What.\n@frozen\npackage enum A {}") == [])
        #expect(broken(.packageTypesAreDocumented, code: "struct A {}\npackage func a() {}") == [])
    }

    @Test func `a path of one machine is found`() {
        #expect(
            broken(.noMachinePaths, code: "let a = \"/ho" + "me/ada/x\"") == [
                "Sources/SQL/A.swift:1"
            ])
    }

    @Test func `SQL made at run time is found`() {
        let made = "let q = \"SELECT a FROM b WHERE c = \\(d)\""
        #expect(broken(.sqlIsStatic, code: made) == ["Sources/SQL/A.swift:1"])
        #expect(broken(.sqlIsStatic, code: "run(\"PRAGMA user_version\")") == [])
        #expect(
            broken(.sqlIsStatic, code: "run(\"UPDATE a SET b = 1\")", at: "Sources/SignIn/A.swift")
                == ["Sources/SignIn/A.swift:1"])
        #expect(
            broken(
                .sqlIsStatic, code: "let s = Statement(.write, \"UPDATE a SET b = 1\")",
                at: "Sources/SignIn/A.swift")
                == [])
        let fragment = "let q: SQLFragment = \"DROP TABLE \\(name)\""
        #expect(broken(.sqlIsStatic, code: fragment, at: "Sources/Resources/A.swift") == [])
        #expect(
            broken(
                .sqlIsStatic, code: "t.runScript(\"DROP TABLE \\(name)\")",
                at: "Sources/Resources/A.swift")
                == ["Sources/Resources/A.swift:1"])
    }

    @Test func `a statement that no list names is found`() {
        let statement = "static let consume = Statement(.write, \"UPDATE a SET b = 1\")\n"
        let list = "static let statements = [\n    find.core,\n    consume.core,\n]\n"
        #expect(broken(.statementsAreListed, code: statement) == ["Sources/SQL/A.swift:1"])
        #expect(broken(.statementsAreListed, code: statement + list) == [])
    }

    @Test func `a state machine does no input or output`() {
        let path = "Sources/SQL/HeadParser.swift"
        #expect(broken(.stateMachinesAreValues, code: "import Glibc", at: path) == [path + ":1"])
        #expect(broken(.stateMachinesAreValues, code: "import Values", at: path) == [])
    }

    @Test func `a method that names another method's type is found`() {
        let files = [
            "Sources/SignIn/Password/Password.swift": "struct Password {}",
            "Sources/SignIn/MagicLink/MagicLink.swift": "struct MagicLink {}\nlet a = Password()",
        ]
        #expect(broken(.featuresKeepApart, files) == ["Sources/SignIn/MagicLink/MagicLink.swift:2"])
    }

    @Test func `a link or a file name that leads nowhere is found`() {
        let text = "[a](gone.md) and `docs/gone.md`, not [b](https://example.com)"
        #expect(
            broken(.documentsPointSomewhere, code: text, at: "docs/a.md") == [
                "docs/a.md:1", "docs/a.md:1",
            ])
    }

    @Test func `an id that no line has, and a line whose proof is out of date, are found`() {
        let table =
            "| id | what | by |\n|---|---|---|\n| S3-1 | A. |  |\n| S3-2 | B. | SQLTests/A.swift |"
        let test = "// S3-1\n@Test func `S3-99: it works`() {}"
        let found = broken(
            .requirementsAreNamed, ["docs/requirements.md": table, "Tests/SQLTests/A.swift": test])
        #expect(found == ["Tests/SQLTests/A.swift:2", "docs/requirements.md:4"])
    }
}

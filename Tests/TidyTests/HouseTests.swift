import Testing
import Tidy

/// The rules of the house, against this clone.
@Suite struct HouseTests {
    static let clone = Result { try Clone(root: Clone.here()) }

    @Test(arguments: Rule.all.map(\.name)) func `the house keeps the rule`(_ name: String) throws {
        let clone = try Self.clone.get()
        let rule = try #require(Rule.all.first { $0.name == name })
        for violation in rule.check(clone) { Issue.record("\(violation)") }
    }

    @Test func `every target of the manifest is read, with its layer`() throws {
        let manifest = try Self.clone.get().manifest
        #expect(manifest.target(named: "Values")?.layer == 1)
        #expect(manifest.target(named: "HTTPServer")?.dependencies.contains("Loop") == true)
        #expect(manifest.target(named: "Server")?.layer == 7)
        #expect(manifest.target(named: "TidyTests")?.isTest == true)
    }

    @Test func `every layered target is in the list of docs architecture`() throws {
        let clone = try Self.clone.get()
        let list = try #require(clone.files.first { $0.path == "docs/architecture.md" }).text
        for target in clone.manifest.targets where !target.isTest {
            #expect(
                list.contains("`\(target.name)`"), "\(target.name) is not in docs/architecture.md")
        }
    }
}

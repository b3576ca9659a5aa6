import Foundation
import Testing

/// A module that a page does not name is fetched only when the one that imports it was read: a round
/// more, for each step of the way.
struct PreloadTests {
    @Test(arguments: PreloadTests.pages())
    func `a page names the modules that its scripts come to need, and no others`(
        _ page: String
    ) throws {
        let text = try Self.text(of: page)
        let scripts = Self.names(in: text, after: "<script type=\"module\" src=\"{{assets}}/")
        let named = Self.names(in: text, after: "<link rel=\"modulepreload\" href=\"{{assets}}/")
        var needed: Set<String> = []
        for script in scripts { try Self.follow(script, &needed) }
        let missing = needed.subtracting(scripts).subtracting(named).sorted()
        #expect(missing == [], "put them into the head of \(page)")
        #expect(Set(named).subtracting(needed).sorted() == [], "take them out of \(page)")
        #expect(named.count == Set(named).count, "\(page) names one twice")
    }

    @Test func `imports are found however they are written`() {
        let script = """
            /** @typedef {import("./types.js").Type} Type */
            import "./effect.js";
            import { one } from "./one.js";
            import {
              two, three,
            } from "../other/two.js";
            export { four } from "./four.js";
            export function five() { return `import { no } from "./no.js"`; }
            """
        #expect(
            Self.imports(in: script, of: "a/b.js") == [
                "a/effect.js", "a/one.js", "other/two.js", "a/four.js",
            ])
    }

    // MARK: Reading

    private static let root: String = {
        URL(filePath: #filePath).appending(path: "../../../Assets").standardizedFileURL.path
    }()

    fileprivate static func pages() -> [String] {
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []
        return names.filter { $0.hasSuffix(".html") }.sorted()
    }

    private static func text(of name: String) throws -> String {
        try String(contentsOfFile: root + "/" + name, encoding: .utf8)
    }

    private static func names(in text: String, after start: String) -> [String] {
        text.components(separatedBy: start).dropFirst().map { String($0.prefix { $0 != "\"" }) }
    }

    private static func follow(_ script: String, _ found: inout Set<String>) throws {
        for name in imports(in: try text(of: script), of: script) where found.insert(name).inserted
        {
            try follow(name, &found)
        }
    }

    /// Those of statements, which begin a line; what they name is told from where they stand.
    private static func imports(in text: String, of script: String) -> [String] {
        let statement = /(?m)^(?:import|export)\s(?:[^;"'(]*?\sfrom\s)?"([^"]+)"/
        return text.matches(of: statement).map { match in
            let folder = URL(filePath: "/" + script).deletingLastPathComponent()
            let path = folder.appending(path: String(match.1)).standardizedFileURL.path
            return String(path.dropFirst())
        }
    }
}

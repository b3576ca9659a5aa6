import Foundation

/// Whether TypeScript finds the pages' scripts sound: their types stand in comments.
struct ScriptsCheck {
    private static let options = [
        "--allowJs", "--checkJs", "--noEmit", "--strict", "--target", "es2022", "--module",
        "es2022", "--moduleResolution", "node", "--lib", "es2022,dom,dom.iterable",
    ]

    func run() throws {
        let names = FileManager.default.enumerator(atPath: "Assets")?.allObjects as? [String] ?? []
        let scripts = names.filter { $0.hasSuffix(".js") }.sorted().map { "Assets/\($0)" }
        guard !scripts.isEmpty else { throw Problem("there are no scripts under Assets") }
        guard try Tool(["tsc"] + Self.options + scripts).run() == 0 else {
            throw Problem("the pages' scripts have mistakes")
        }
        say("\(scripts.count) scripts")
    }
}

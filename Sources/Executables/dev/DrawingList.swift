import Coding
import Foundation
import SVG
import SVGTesting

/// The drawings of the corpus, as they came and as they are made safe, for a browser to compare.
enum DrawingList {
    static let path = ".build/drawings.json"

    static func write() throws {
        let drawings =
            try Drawing.hostile.map { try entry($0, "hostile") }
            + Drawing.valid.map { try entry($0, "valid") }
        let bytes = JSON.list(drawings).bytes()
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    private static func entry(_ drawing: Drawing, _ kind: JSON) throws -> JSON {
        do {
            let safe = try SafeSVG(drawing.text, scope: "safe")
            return [
                "name": .string(drawing.name), "kind": kind, "before": .string(drawing.text),
                "after": .string(safe.text),
            ]
        } catch {
            throw Problem("the drawing \"\(drawing.name)\" is refused: \(error)")
        }
    }
}

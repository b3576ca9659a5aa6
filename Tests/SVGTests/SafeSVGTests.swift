import Foundation
import Fuzzing
import SVGTesting
import Testing

@testable import SVG

/// Issue 6: whatever comes in, only what drawings need comes out.
struct SafeSVGTests {
    @Test(arguments: Drawing.hostile + Drawing.valid)
    func `what is made safe has only what is on the list`(_ drawing: Drawing) throws {
        let safe = try SafeSVG(drawing.text, scope: "s1")
        let found = try Inventory(of: safe.text)
        #expect(found.problems == [])
        #expect(safe.text.suspicion == nil)
    }

    @Test(arguments: Drawing.hostile + Drawing.valid)
    func `made safe twice is as made safe once`(_ drawing: Drawing) throws {
        let once = try SafeSVG(drawing.text, scope: "s1")
        #expect(try SafeSVG(once.text, scope: "s1") == once)
        // Under another scope names differ, and nothing else.
        let other = try SafeSVG(drawing.text, scope: "zz")
        #expect(other.text.replacing("-zz", with: "-s1") == once.text)
    }

    @Test(arguments: Drawing.hostile)
    func `what is harmless in a hostile drawing stays`(_ drawing: Drawing) throws {
        let safe = try SafeSVG(drawing.text, scope: "x")
        #expect(safe.text.contains(#"<rect id="kept-x" x="4" y="4" width="8" height="8"/>"#))
    }

    @Test(arguments: Drawing.refused)
    func `what cannot be made safe is refused, with its reason`(
        _ drawing: Drawing, _ problem: SVGProblem
    ) {
        #expect(throws: problem) { try SafeSVG(drawing.text, scope: "x") }
    }

    @Test(arguments: 1...4)
    func `whatever the damage, what comes out is safe and stays as it is`(_ seed: UInt64) throws {
        var damage = TextDamage.toDrawings(seed: seed)
        var made = 0
        for _ in 0..<250 {
            let text = String(decoding: damage.next(), as: UTF8.self)
            guard let safe = try? SafeSVG(text, scope: "d") else { continue }
            made += 1
            #expect(safe.text.suspicion == nil, "\(text)")
            #expect(try SafeSVG(safe.text, scope: "d") == safe, "\(text)")
            #expect(try Inventory(of: safe.text).problems == [], "\(text)")
        }
        #expect(made > 25)
    }

    @Test func `the limits are those of the policy`() throws {
        let text = #"<svg><g><rect width="1"/></g><rect/></svg>"#
        var policy = SVGPolicy()
        policy.bytesMax = 200
        policy.depthMax = 3
        policy.elementsMax = 4
        policy.drawnMax = 4
        #expect(try SafeSVG(text, scope: "", policy: policy).text.contains("<rect"))
        var tight = policy
        tight.bytesMax = text.utf8.count - 1
        #expect(throws: SVGProblem.tooLong(max: tight.bytesMax)) {
            try SafeSVG(text, scope: "", policy: tight)
        }
        tight = policy
        tight.depthMax = 2
        #expect(throws: SVGProblem.tooDeep(max: 2)) { try SafeSVG(text, scope: "", policy: tight) }
        tight = policy
        tight.elementsMax = 3
        #expect(throws: SVGProblem.tooMany(max: 3)) { try SafeSVG(text, scope: "", policy: tight) }
        tight = policy
        tight.drawnMax = 3
        #expect(throws: SVGProblem.tooMuchToDraw(max: 3)) {
            try SafeSVG(text, scope: "", policy: tight)
        }
    }

    @Test func `many at once, on many threads`() async throws {
        let wanted = try Drawing.valid.map { try SafeSVG($0.text, scope: "s") }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try Drawing.valid.map { try SafeSVG($0.text, scope: "s") } == wanted
                }
            }
            for try await isSame in group { #expect(isSame) }
        }
    }
}

import SVG
import Synchronization
import Testing

@testable import Icons

struct OfflineGeneratorTests {
    private func drafts(
        _ prompt: String, _ adjust: (inout IconBrief) -> Void = { _ in }
    ) async throws -> [DraftIcon] {
        var brief = IconBrief(prompt: prompt)
        adjust(&brief)
        return try await OfflineGenerator().generate(brief) { _ in }
    }

    private static let prompts =
        Motif.all.map(\.name) + [
            "a star above a house", "Blue GEAR, with an arrow!", "quux", "Öffnungszeiten", "…",
            "0 1 2",
            "extrude a surface along two rails", "filled heart",
        ]

    @Test(arguments: prompts)
    func `every icon is safe, and says that it was drawn offline`(_ prompt: String) async throws {
        for draft in try await drafts(prompt, { $0.variantCount = 3 }) {
            let safe = try SafeSVG(draft.svg, scope: "a")
            #expect(safe.text.contains(OfflineDrawing.note))
            #expect(safe.text.contains(#"viewBox="0 0 24 24""#))
            // Nothing of it was left out: what is drawn is on the list.
            #expect(
                safe.text.replacing("-a\"", with: "\"").replacing("-a)", with: ")") == draft.svg)
        }
    }

    @Test func `the same words give the same icon, others another`() async throws {
        let first = try await drafts("Flurb, the gnarl") { $0.variantCount = 3 }
        #expect(try await drafts("  flurb THE gnarl! ") { $0.variantCount = 3 } == first)
        var drawings: Set<String> = []
        for word in ["flurb", "gnarl", "quux", "zork", "blip", "wumpus", "xyzzy", "plugh"] {
            drawings.insert(try await drafts(word)[0].svg)
        }
        #expect(drawings.count > 5)
    }

    @Test(arguments: 1...3)
    func `variants differ, and are as many as asked for`(_ count: Int) async throws {
        for prompt in ["gear", "arrow", "quux", "star and moon"] {
            let drafts = try await drafts(prompt) { $0.variantCount = count }
            #expect(drafts.count == count)
            #expect(Set(drafts.map(\.svg)).count == count)
            #expect(Set(drafts.map(\.name)).count == count)
        }
    }

    @Test func `words are recognised, two of them at most`() {
        #expect(
            Motif.named(in: "Two stars over my HOUSE and a tree").map(\.name) == [
                "star", "house", "tree",
            ])
        #expect(Motif.named(in: "launch").map(\.name) == ["rocket"])
        #expect(Motif.named(in: "quux").isEmpty)
        #expect(Set(Motif.all.map(\.name)).count == Motif.all.count)
    }

    @Test func `colours suit what the icon is seen on`() async throws {
        let dark = try await drafts("gear") { $0.variantCount = 2 }[1].svg
        let light = try await drafts("gear") {
            $0.variantCount = 2
            $0.colorMode = .light
        }[1].svg
        #expect(dark != light)
        #expect(OfflineDrawing.palette(.dark).contains { dark.contains($0) })
        #expect(OfflineDrawing.palette(.light).contains { light.contains($0) })
    }

    // MARK: Refining

    private func refined(_ svg: String, _ prompt: String, variants: Int = 1) async throws
        -> [DraftIcon]
    {
        let reference = try SafeSVG(svg, scope: "r")
        return try await drafts(prompt) {
            $0.intent = .refine
            $0.reference = reference
            $0.variantCount = variants
        }
    }

    @Test(arguments: [
        ("rotate it", "rotate(45 12 12)"), ("make it red", ##"color="#dc2626""##),
        ("bolder", #"stroke-width="3""#),
        ("smaller please", "scale(.7)"), ("flip it", "scale(-1 1)"), ("in a frame", "<rect"),
        ("filled", "fill-opacity"), ("add a star", "M12 2.8l2.6"),
    ])
    func `a change is what the words ask for, of what was there`(
        _ prompt: String, _ trace: String
    ) async throws {
        let draft = try await refined(
            #"<svg><circle id="c" cx="7.25" cy="12" r="3"/></svg>"#, prompt)[0]
        let safe = try SafeSVG(draft.svg, scope: "s")
        #expect(safe.text.contains(trace), "\(safe.text)")
        #expect(safe.text.contains("7.25"))
        #expect(safe.text.contains(OfflineDrawing.note))
    }

    @Test func `words that ask for nothing known change something all the same`() async throws {
        let drafts = try await refined("<svg><circle r='3'/></svg>", "make it nicer", variants: 3)
        #expect(Set(drafts.map(\.svg)).count == 3)
        for draft in drafts { #expect(draft.name.isEmpty == false) }
    }

    @Test func `an icon can be changed for ever`() async throws {
        var svg = #"<svg viewBox="0 0 32 32" fill="none" stroke="red"><circle r="3"/></svg>"#
        for prompt in Array(
            repeating: ["rotate", "add a star", "frame it", "make it blue"], count: 8
        ).joined() {
            let draft = try await refined(svg, prompt)[0]
            svg = try SafeSVG(draft.svg, scope: "s").text
        }
    }

    @Test func `the work is told, and not done for whoever has left`() async throws {
        let steps = Mutex<[GenerationProgress]>([])
        _ = try await OfflineGenerator().generate(IconBrief(prompt: "gear")) { step in
            steps.withLock { $0.append(step) }
        }
        #expect(steps.withLock { $0 } == [.drawn(count: 1)])
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await OfflineGenerator().generate(IconBrief(prompt: "gear")) { _ in }
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}

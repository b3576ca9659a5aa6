import Coding
import DatabaseTesting
import SQL
import Testing

@testable import Server

/// S4-18, S4-20: creators from a shell.
struct StudioCommandTests {
    // S4-18 S4-20
    @Test(arguments: Engine.tested)
    func `an operator says what a creator has subscribed to`(on engine: Engine) async throws {
        let place = try CommandPlace(on: engine)
        defer { place.remove() }
        let options = place.options + ["--set", "auth.password.bcryptCost=4"]
        _ = await run(["seed"] + options)
        let unknown = await run(["studio", "show", "test@example.com"] + options)
        #expect(unknown.status == 1)
        #expect(unknown.transcript.complaints.first?.contains("There is no creator") == true)
        let changed = await run(
            ["studio", "tier", "test@example.com", "--tier", "professional"] + options)
        #expect(changed.transcript.output == ["test@example.com is professional now."])
        let shown = await run(["studio", "show", "Test@example.com", "--json"] + options)
        let json = try JSON(parsing: Array(shown.transcript.output.joined().utf8))
        #expect(json["tier"] == "professional")
        #expect(json["email"] == "test@example.com")
        let audit = await run(["audit", "list", "--user", "test@example.com", "--json"] + options)
        let entries = try JSON(parsing: Array(audit.transcript.output.joined().utf8)).asList ?? []
        let entry = entries.first { $0["event"] == "studio_tier_changed" }
        #expect(entry?["actor"] == "operator")
        #expect(entry?["details"] == ["tier": "professional", "before": "free"])
    }

    @Test func `wishes that nobody understands are mistakes`() async throws {
        let place = try CommandPlace(on: .sqlite)
        defer { place.remove() }
        for (words, status) in [
            (["studio", "tier", "ada@example.com", "--tier", "gold"], 2),
            (["studio", "tier", "ada@example.com"], 2), (["studio", "tier"], 2),
            (["studio", "show", "ada"], 2), (["studio", "show", "ada@example.com"], 1),
            (["studio", "tier", "ada@example.com", "--tier", "free"], 1),
        ] as [([String], Int32)] {
            #expect(await run(words + place.options).status == status, "\(words)")
        }
    }
}

import Coding
import DatabaseTesting
import SQL
import Testing
import Values

@testable import Server

/// `atrium user set`: the only way to a field that clients cannot set.
struct UserFieldsTests {
    private static let fields = """
        [{"name":"level","type":"number","default":1,"input":false},{"name":"plan","type":"text"}]
        """

    private static func options(_ place: CommandPlace) -> [String] {
        place.options + [
            "--set", "auth.password.bcryptCost=4", "--set", "auth.user.fields=" + fields,
        ]
    }

    @Test(arguments: Engine.tested)
    func `an operator sets a field, and shows it`(on engine: Engine) async throws {
        let place = try CommandPlace(on: engine)
        defer { place.remove() }
        let words = { (words: [String]) in words + Self.options(place) }
        _ = await run(words(["user", "create", "ada@example.com"]))
        let set = await run(words(["user", "set", "ada@example.com", "--field", "level=2.5"]))
        #expect(set.status == 0, "\(set.transcript.complaints)")
        #expect(set.transcript.output == ["level of ada@example.com is 2.5."])
        var shown = await run(words(["user", "show", "ada@example.com", "--json"]))
        var json = try JSON(parsing: Array(shown.transcript.output.joined().utf8))
        #expect(json["fields"] == ["level": 2.5, "plan": .null])
        _ = await run(words(["user", "set", "ada@example.com", "--field", "level="]))
        shown = await run(words(["user", "show", "ada@example.com", "--json"]))
        json = try JSON(parsing: Array(shown.transcript.output.joined().utf8))
        #expect(json["fields"]?["level"] == .null)
        let audit = await run(words(["audit", "list", "--json"]))
        #expect(audit.transcript.output.joined().contains("user_field_changed"))
    }

    @Test(arguments: [
        ([], "user set needs --field NAME=VALUE"),
        (["--field", "level"], "user set needs --field NAME=VALUE"),
        (["--field", "levle=1"], "auth.user.fields has no levle"),
        (["--field", "level=two"], "level must be a number, not text"),
    ])
    func `what is no field, or none of its values, is refused`(
        words: [String], complaint: String
    ) async throws {
        let place = try CommandPlace(on: .sqlite)
        defer { place.remove() }
        let result = await run(["user", "set", "ada@example.com"] + words + Self.options(place))
        #expect(result.status == 2)
        #expect(result.transcript.complaints.first?.contains(complaint) == true)
    }
}

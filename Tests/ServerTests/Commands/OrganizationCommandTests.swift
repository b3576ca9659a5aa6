import Coding
import DatabaseTesting
import SQL
import Testing

@testable import Server

/// S0-13: organizations and API keys from a shell.
struct OrganizationCommandTests {
    private static func json(_ result: (status: Int32, transcript: Transcript)) throws -> JSON {
        #expect(result.status == 0, "\(result.transcript.complaints)")
        return try JSON(parsing: Array(result.transcript.output.joined().utf8))
    }

    @Test(arguments: Engine.tested)
    func `an organization is made, shown, joined and deleted`(on engine: Engine) async throws {
        let place = try CommandPlace(on: engine)
        defer { place.remove() }
        let options = place.options + ["--set", "auth.password.bcryptCost=4"]
        _ = await run(["seed"] + options)
        let made = await run(
            [
                "org", "create", "--name", "Engines", "--slug", "engines", "--owner",
                "test@example.com",
            ] + options)
        #expect(made.transcript.output.first?.hasPrefix("Made engines, ") == true)
        let shown = try Self.json(
            await run(["org", "show", "--slug", "engines", "--json"] + options))
        #expect(shown["name"] == "Engines")
        #expect(shown["members"]?.asList?.map { $0["role"] } == ["owner"])
        let list = try Self.json(await run(["org", "list", "--json"] + options))
        #expect(list.asList?.map { $0["slug"] } == ["engines"])
        let again = await run(
            [
                "org", "create", "--name", "E", "--slug", "engines", "--owner", "test@example.com",
            ] + options)
        #expect(again.status == 1)
        #expect(again.transcript.complaints == ["atrium: That was refused: slugTaken."])
        // Who is a member already keeps his role.
        let member = try Self.json(
            await run(
                ["org", "add-member", "--slug", "engines", "--user", "test@example.com", "--json"]
                    + options))
        #expect(member["role"] == "owner")
        let unsure = await run(["org", "delete", "--slug", "engines"] + options)
        #expect(unsure.status == 2)
        let deleted = await run(["org", "delete", "--slug", "engines", "--yes"] + options)
        #expect(deleted.transcript.output == ["Deleted engines."])
        #expect(await run(["org", "show", "--slug", "engines"] + options).status == 1)
    }

    @Test(arguments: Engine.tested)
    func `a key is made, listed and ended`(on engine: Engine) async throws {
        let place = try CommandPlace(on: engine)
        defer { place.remove() }
        let options = place.options + ["--set", "auth.password.bcryptCost=4"]
        _ = await run(["seed"] + options)
        let of = ["--user", "test@example.com", "--json"] + options
        let made = try Self.json(
            await run(
                [
                    "api-key", "create", "--name", "Report", "--scopes", "users:read,a:b", "--days",
                    "2",
                ]
                    + of))
        #expect(made["key"]?.asString?.hasPrefix("uk_") == true)
        let list = try Self.json(await run(["api-key", "list"] + of))
        let one = list.asList?.first
        #expect(one?["id"] == made["id"])
        #expect(one?["scopes"] == ["users:read", "a:b"])
        #expect(one?["state"] == "on")
        let id = try #require(made["id"]?.asString)
        #expect(await run(["api-key", "revoke", "--id", id] + options).status == 0)
        #expect(await run(["api-key", "revoke", "--id", id] + options).status == 1)
        #expect(try Self.json(await run(["api-key", "list"] + of)) == [])
    }

    @Test func `what is wrong with a wish is told`() async throws {
        let place = try CommandPlace(on: .sqlite)
        defer { place.remove() }
        let expected: [([String], String)] = [
            (["org", "create", "--slug", "a"], "org create needs --name"),
            (
                ["org", "create", "--name", "E", "--slug", "admin"],
                "--slug is reserved"
            ),
            (["org", "show", "--slug", "none"], "There is no organization none."),
            (["api-key", "list"], "api-key list needs --user or --org"),
            (["api-key", "list", "--user", "x"], "--user is no email"),
            (
                ["api-key", "create", "--name", "a", "--days", "0"],
                "--days needs a number from 1 to 3650"
            ),
        ]
        for (words, complaint) in expected {
            let result = await run(words + place.options)
            #expect(result.status != 0)
            #expect(result.transcript.complaints == ["atrium: " + complaint])
        }
    }
}

import Coding
import DatabaseTesting
import SQL
import Testing
import Values

@testable import Server

@Suite struct UserCommandTests {
    private func json(_ words: [String], _ place: CommandPlace) async throws -> JSON {
        let result = await run(words + ["--json"] + options(place))
        #expect(result.status == 0, "\(result.transcript.complaints)")
        return try JSON(parsing: Array(result.transcript.output.joined().utf8))
    }

    private func options(_ place: CommandPlace) -> [String] {
        place.options + ["--set", "auth.password.bcryptCost=4"]
    }

    @Test(arguments: Engine.tested)
    func `a user is created, shown, listed, banned, let in and deleted`(on engine: Engine)
        async throws
    {
        let place = try CommandPlace(on: engine)
        defer { place.remove() }
        let made = try await json(
            ["user", "create", "Ada@Example.com", "--name", "Ada", "--role", "admin"], place)
        let id = try #require(made["id"]?.asString)
        #expect(made["email"] == "ada@example.com")
        #expect(made["password"]?.asString?.hasPrefix("Pw1-") == true)
        var shown = try await json(["user", "show", "ada@example.com"], place)
        #expect(shown["id"] == .string(id))
        #expect(shown["role"] == "admin")
        #expect(shown["banned"] == false)
        #expect(shown["sessions"] == 0)
        _ = try await json(["user", "ban", id, "--reason", "spam", "--for", "7d"], place)
        shown = try await json(["user", "show", id], place)
        #expect(shown["banned"] == true)
        #expect(shown["banReason"] == "spam")
        _ = try await json(["user", "unban", id], place)
        let list = try await json(["user", "list"], place)
        #expect(list.asList?.count == 1)
        #expect(list[0]?["banned"] == false)
        #expect(try await json(["user", "list", "--after", id], place).asList?.isEmpty == true)

        let unsure = await run(["user", "delete", id] + options(place))
        #expect(unsure.status == 2)
        _ = try await json(["user", "delete", id, "--yes"], place)
        let gone = await run(["user", "show", id] + options(place))
        #expect(gone.transcript.complaints == ["atrium: There is no user \(id)."])
        let entries = try await json(["audit", "list", "--user", id], place)
        #expect(
            Set((entries.asList ?? []).compactMap { $0["event"]?.asString }) == [
                "user_created", "user_banned", "user_unbanned", "user_deleted",
            ])
        #expect(try await json(["audit", "verify"], place)["checked"] == 4)
    }

    @Test(arguments: Engine.tested)
    func `a role is given and taken away, and that is recorded`(on engine: Engine) async throws {
        let place = try CommandPlace(on: engine)
        defer { place.remove() }
        _ = try await json(["user", "create", "ada@example.com"], place)
        for (role, shown) in [("admin", "admin" as JSON), ("editor", "editor"), ("none", .null)] {
            let changed = try await json(
                ["user", "role", "ada@example.com", "--role", role], place)
            #expect(changed["role"] == shown)
            #expect(try await json(["user", "show", "ada@example.com"], place)["role"] == shown)
            #expect(try await json(["user", "list"], place)[0]?["role"] == shown)
        }
        let entries = try await json(["audit", "list"], place).asList ?? []
        #expect(entries.filter { $0["event"] == "user_role_changed" }.count == 3)
    }

    // S0-13
    @Test(arguments: Engine.tested)
    func `an organization's only owner is deleted when somebody takes it over`(
        on engine: Engine
    ) async throws {
        let place = try CommandPlace(on: engine)
        defer { place.remove() }
        for name in ["ada", "bob"] {
            _ = try await json(["user", "create", "\(name)@example.com"], place)
        }
        _ = try await json(
            [
                "org", "create", "--name", "Engines", "--slug", "engines", "--owner",
                "ada@example.com",
            ], place)
        _ = try await json(
            ["org", "add-member", "--slug", "engines", "--user", "bob@example.com"], place)
        let words = ["user", "delete", "ada@example.com", "--yes"]
        let refused = await run(words + options(place))
        #expect(refused.status == 1)
        #expect(
            refused.transcript.complaints == [
                "atrium: ada@example.com is the only owner of engines. Delete that first, "
                    + "or add --hand-over."
            ])
        _ = try await json(words + ["--hand-over"], place)
        let shown = try await json(["org", "show", "--slug", "engines"], place)
        #expect(
            shown["members"]?.asList?.map { "\($0["email"] ?? "") \($0["role"] ?? "")" } == [
                #""bob@example.com" "owner""#
            ])
        let entries = try await json(["audit", "list"], place)
        let events = Set((entries.asList ?? []).compactMap { $0["event"]?.asString })
        for expected in [
            "organization_created", "member_added", "member_role_changed", "user_deleted",
        ] {
            #expect(events.contains(expected))
        }
    }

    @Test func `a password may be piped in, and must be a good one`() async throws {
        let place = try CommandPlace(on: .sqlite)
        defer { place.remove() }
        let words = ["user", "create", "ada@example.com", "--password-stdin"] + options(place)
        for (line, status) in [("short", Int32(2)), ("Correct-horse-1", 0)] {
            let transcript = Transcript()
            var environment = transcript.environment
            environment.readLine = { line }
            #expect(await Tool.run(words, environment) == status)
            #expect(!transcript.output.joined().contains(line))
        }
        let none = await run(words)
        #expect(none.status == 2)
    }

    private static let mistakes: [(String, Int, String)] = [
        ("user create", 2, "it is user create EMAIL"),
        ("user create nobody", 2, "the e-mail address is no email"),
        ("user create a@example.com --role Admin!", 2, "--role is a word of a to z, such as admin"),
        ("user role a@example.com", 2, "user role needs --role"),
        ("user role a@example.com --role admin", 1, "There is no user a@example.com."),
        ("user ban a@example.com", 1, "There is no user a@example.com."),
        ("user list --limit 0", 2, "--limit needs a number from 1 to 10000"),
        ("audit list --since yesterday", 2, "--since needs a time such as 7d"),
        ("audit list --user nobody", 1, "There is no user nobody."),
    ]

    @Test(arguments: mistakes)
    func `what is mistaken is told`(words: String, status: Int, complaint: String) async throws {
        let place = try CommandPlace(on: .sqlite)
        defer { place.remove() }
        let result = await run(words.split(separator: " ").map(String.init) + options(place))
        #expect(result.status == Int32(status))
        #expect(
            result.transcript.complaints.joined().contains(complaint),
            "\(result.transcript.complaints)")
    }

    @Test func `nobody is created twice`() async throws {
        let place = try CommandPlace(on: .sqlite)
        defer { place.remove() }
        _ = try await json(["user", "create", "ada@example.com"], place)
        let again = await run(["user", "create", "ADA@example.com"] + options(place))
        #expect(again.transcript.complaints == ["atrium: There is a user ada@example.com already."])
    }

    /// S3-28
    @Test(arguments: Engine.tested)
    func `S3-28: verify ends with status 1 when an entry was changed`(on engine: Engine)
        async throws
    {
        let place = try CommandPlace(on: engine)
        defer { place.remove() }
        _ = try await json(["user", "create", "ada@example.com"], place)
        let sound = await run(["audit", "verify"] + options(place))
        #expect(sound.status == 0)
        #expect(
            sound.transcript.output.first?.hasPrefix("1 entries are as they were written.") == true)
        try await place.runScript("UPDATE audit_log SET actor = 'anonymous'")
        let changed = await run(["audit", "verify"] + options(place))
        #expect(changed.status == 1)
        #expect(
            changed.transcript.output == [
                "entry 1 has been changed, or does not follow the one before it",
                "The log is not as it was written.",
            ])
    }
}

extension CommandPlace {
    /// Changes the database behind the program's back.
    func runScript(_ script: String) async throws {
        try await onServer { server in
            try await server.database.transaction { try await $0.runScript(script) }
        }
    }

    /// Does something with a server as commands have it: one that does no jobs by itself.
    func onServer(
        _ variables: [String: String] = [:], _ more: [String] = [],
        _ body: @escaping @Sendable (Server) async throws -> Void
    ) async throws {
        let parser = ArgumentParser(
            commands: Tool.commands, environment: Transcript().environment(variables))
        guard case .run(let invocation) = try parser.parse(["audit", "verify"] + options + more)
        else {
            throw UsageMistake("this is no command to run")
        }
        _ = try await invocation.onServer(body)
    }
}

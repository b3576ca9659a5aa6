import Coding
import DatabaseTesting
import Foundation
import SQL
import Testing
import Values

@testable import Resources
@testable import Server

struct SeedCommandTests {
    /// A machine that builds beside may take long.
    private static let cheap = [
        "--set", "auth.password.bcryptCost=4", "--set", "database.transactionTimeout=20s",
    ]

    /// Declarations, migrations and seeds of the sample, where a test may write.
    private func sample(on engine: Engine) throws -> ResourcePlace {
        let place = try ResourcePlace(on: engine)
        let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let files = FileManager.default
        try files.removeItem(atPath: place.directory)
        try files.copyItem(atPath: root + "/Examples/items", toPath: place.directory)
        return place
    }

    // S3-21
    @Test(arguments: Engine.tested)
    func
        `the sample's first migration makes both tables, and its seed the user, the item and a note`(
            on engine: Engine
        ) async throws
    {
        let place = try sample(on: engine)
        defer { place.remove() }
        #expect(place.migrations == ["0001_items.sql"])
        var result = await run(["migrate", "up"] + place.options)
        #expect(result.transcript.output.last == "applied resources/0001_items")
        result = await run(["resources", "diff"] + place.options)
        #expect(result.transcript.output.last == "-- The migrations lead to what is declared.")

        let item = SeedRow.id(of: "sample", in: "items")
        let note = SeedRow.id(of: "first", in: "item_notes")
        result = await run(["seed"] + Self.cheap + place.options)
        #expect(result.transcript.complaints == [])
        #expect(
            result.transcript.output == [
                "Made Test User, test@example.com, with the password Sample-Pass-1",
                "Made items/sample, \(item)", "Made item_notes/first, \(note)",
            ])
        result = await run(["seed", "--json"] + Self.cheap + place.options)
        let json = try JSON(parsing: Array(result.transcript.output.joined().utf8))
        #expect(json.asList?.map { $0["made"] } == [false, false, false])
        let rows = try await place.texts("SELECT name || '|' || status FROM items")
        #expect(rows == ["Sample Item|active"])
        // Written with the change that others learn of.
        let changes = try await place.texts("SELECT topic || '|' || kind FROM changes ORDER BY id")
        #expect(changes == ["items|created", "item_notes|created"])
    }

    @Test(arguments: Engine.tested)
    func `what somebody deleted is not sown again, nor what needs it`(on engine: Engine)
        async throws
    {
        let place = try sample(on: engine)
        defer { place.remove() }
        _ = await run(["seed"] + Self.cheap + place.options)
        let now = engine == .sqlite ? "5" : "now()"
        try await place.execute("DELETE FROM item_notes; UPDATE items SET deleted_at = \(now);")
        let result = await run(["seed"] + Self.cheap + place.options)
        #expect(
            result.transcript.output == [
                "test@example.com is there already; nothing was changed.",
                "items/sample is there already; nothing was changed.",
                "item_notes/first was left out: its item is not there any more.",
            ])
        #expect(try await place.texts("SELECT text FROM item_notes") == [])
    }

    @Test func `in prod nothing is sown unless told, and nobody has a password that is known`()
        async throws
    {
        let place = try sample(on: .sqlite)
        defer { place.remove() }
        let prod = [
            "ENVIRONMENT": "prod", "BETTER_AUTH_SECRET": String(repeating: "s", count: 32),
            "ENCRYPTION_KEY": String(repeating: "A", count: 43) + "=",
        ]
        var result = await run(["seed"] + place.options, variables: prod)
        #expect(result.status == 1)
        #expect(
            result.transcript.complaints == [
                "atrium: Seeds are for trying things out: with ENVIRONMENT=prod they are sown only "
                    + "with --in-prod."
            ])
        result = await run(
            ["seed", "--in-prod", "--set", "database.transactionTimeout=20s"] + place.options,
            variables: prod)
        #expect(
            result.transcript.output.first
                == "Made Test User, test@example.com, without a password: one is set by way of "
                + "\"forgot password\"")
        #expect(
            try await place.texts("SELECT coalesce(password_hash, 'none') FROM users") == ["none"])
    }

    @Test(arguments: Engine.tested)
    func `organizations are made with their rows, and personal data is sealed`(on engine: Engine)
        async throws
    {
        let place = try ResourcePlace(on: engine)
        defer { place.remove() }
        try place.declare(
            """
            {name: "people", owner: "organization", fields: {
                name: {type: "text", required: true}, born: {type: "text", pii: true}}}
            """, as: "people.json5")
        let seed = place.directory + "/seed"
        try FileManager.default.createDirectory(
            atPath: seed, withIntermediateDirectories: true)
        try place.declare(
            """
            {users: {"ada@example.com": {name: "Ada"}},
             organizations: {acme: {name: "Acme", owner: "ada@example.com", rows: {
                people: {bob: {name: "Bob", born: "1999-01-02"}}}}}}
            """, as: "seed/acme.json5")
        var result = await run(["seed"] + Self.cheap + place.options)
        #expect(
            result.transcript.complaints == [
                "atrium: The tables are not what the resources declare (people): start the server "
                    + "once, or run `atrium resources apply`."
            ])
        _ = await run(["resources", "apply"] + place.options)
        result = await run(["seed", "--password", "Analytical1"] + Self.cheap + place.options)
        #expect(result.transcript.complaints == [])
        #expect(
            result.transcript.output.first
                == "Made Ada, ada@example.com, with the password Analytical1")
        #expect(result.transcript.output.dropFirst().first == "Made Acme, acme")
        let sealed = try await place.texts("SELECT born FROM people").joined()
        #expect(sealed.hasPrefix("a1."))
        let mine: StaticString = """
            SELECT users.email FROM people JOIN organizations ON organizations.id = organization_id \
            JOIN users ON users.id = people.user_id WHERE organizations.slug = 'acme'
            """
        #expect(try await place.texts(mine) == ["ada@example.com"])
    }

    @Test func `mistakes in seeds are listed before anything is made, by the doctor as well`()
        async throws
    {
        let place = try sample(on: .sqlite)
        defer { place.remove() }
        try place.declare(
            "{users: {'a@example.com': {name: 'A', password: 'short', rows: {item: {}}}}}",
            as: "seed/bad.json5")
        let mistakes = [
            "seed/bad.json5: users.a@example.com.name is too short: at least 2 characters",
            "seed/bad.json5: users.a@example.com.password is too short: at least 8 characters",
            "seed/bad.json5: users.a@example.com.rows.item is no resource; did you mean items?",
        ]
        let result = await run(["seed"] + place.options)
        #expect(result.status == 2)
        #expect(result.transcript.complaints == mistakes.map { "atrium: " + $0 })
        #expect(await run(["user", "list"] + place.options).transcript.output.isEmpty)
        let doctor = await run(["doctor", "--http", "127.0.0.1:0"] + place.options)
        for mistake in mistakes {
            #expect(doctor.transcript.output.contains { $0.hasSuffix(mistake) })
        }
    }
}

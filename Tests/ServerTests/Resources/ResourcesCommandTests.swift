import API
import Coding
import DatabaseTesting
import Foundation
import SQL
import Testing
import Values

@testable import Resources
@testable import Server

struct ResourcesCommandTests {
    private static let things = """
        {name: "things", fields: {title: {type: "text", length: [0, 100]}, count: {type: "integer"}}}
        """

    @Test(arguments: Engine.tested)
    func `a command that was not told of the server's resources says how to tell it`(
        on engine: Engine
    ) async throws {
        let place = try ResourcePlace(on: engine)
        defer { place.remove() }
        try place.declare(Self.things)
        _ = await run(["migrate", "up"] + place.command.options)
        _ = await run(["resources", "apply", "--name", "things"] + place.options)
        let advice =
            "The database has tables of declared resources (resources/0001_things), and no directory "
            + "of them is named. Name the one that the server has: --resources DIR, or "
            + "ATRIUM_RESOURCES."
        for words in [["user", "list"], ["migrate", "up"], ["migrate", "down", "--yes"]] {
            let result = await run(words + place.command.options)
            #expect(result.status == 1)
            #expect(result.transcript.complaints == ["atrium: " + advice], "\(words)")
        }
        let doctor = await run(["doctor", "--http", "127.0.0.1:0"] + place.command.options)
        #expect(doctor.transcript.output.contains { $0.hasSuffix("migrations  " + advice) })
        // By its variable as well.
        let told = await run(
            ["user", "list"] + place.command.options,
            variables: ["ATRIUM_RESOURCES": place.directory])
        #expect(told.status == 0, "\(told.transcript.complaints)")

        // Another directory than the server's.
        try FileManager.default.removeItem(atPath: place.directory + "/migrations")
        let stale = await run(["user", "list"] + place.options)
        #expect(stale.status == 1)
        #expect(
            stale.transcript.complaints.first?.contains("\(place.directory) does not know") == true)
    }

    // S3-21
    @Test(arguments: Engine.tested)
    func `the sample is compared, applied, and reaches another database by its migration`(
        on engine: Engine
    ) async throws {
        let place = try ResourcePlace(on: engine)
        defer { place.remove() }
        try place.declare(Self.sample("items"), as: "items.json5")
        try place.declare(Self.sample("item_notes"), as: "item_notes.json5")
        var result = await run(["resources", "diff"] + place.options)
        #expect(
            result.transcript.complaints == [
                "atrium: The database has no tables yet: run `atrium migrate up`, or start the server "
                    + "once."
            ])
        result = await run(["resources", "apply", "--name", "items"] + place.options)
        #expect(result.transcript.complaints == [])
        #expect(
            result.transcript.output.suffix(3) == [
                "wrote \(place.directory)/migrations/0001_items.sql", "made the table items",
                "made the table item_notes",
            ])
        result = await run(["resources", "apply"] + place.options)
        #expect(result.transcript.output == ["There is nothing to apply."])
        result = await run(["resources", "diff"] + place.options)
        #expect(
            result.transcript.output.last == "-- The migrations lead to what is declared.")
        result = await run(["migrate", "status"] + place.options)
        #expect(result.transcript.output.last?.hasPrefix("resources/0001_items") == true)
        #expect(result.transcript.output.last?.contains("applied") == true)

        let other = try ResourcePlace(on: engine, of: place)
        defer { other.remove() }
        result = await run(["migrate", "up"] + other.options)
        #expect(result.transcript.output.last == "applied resources/0001_items")
        result = await run(["migrate", "down", "--yes"] + other.options)
        #expect(result.transcript.output == ["undone resources/0001_items"])
        result = await run(["migrate", "up"] + other.options)
        #expect(result.transcript.output == ["applied resources/0001_items"])
        result = await run(["doctor", "--http", "127.0.0.1:0"] + other.options)
        #expect(
            result.transcript.output.contains {
                $0.hasPrefix("ok") && $0.contains("resources") && $0.contains("2 declared")
            }, "\(result.transcript.output)")
    }

    static func sample(_ name: String) -> String {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        return
            (try? String(contentsOfFile: "/\(root)/Examples/items/\(name).json5", encoding: .utf8))
            ?? ""
    }

    @Test(arguments: Engine.tested)
    func `a difference is told as SQL of the engine, and for programs`(
        on engine: Engine
    ) async throws {
        let place = try ResourcePlace(on: engine)
        defer { place.remove() }
        try place.declare(Self.things)
        _ = await run(["migrate", "up"] + place.options)
        var result = await run(["resources", "diff"] + place.options)
        #expect(result.transcript.output.contains(#"CREATE TABLE "things" ("#))
        let type = engine == .sqlite ? "INTEGER" : "bigint"
        #expect(result.transcript.output.contains("    \"count\" \(type),"))
        #expect(
            result.transcript.output.last == "-- It writes the migration 0001_things.sql.")
        result = await run(["resources", "diff", "--json"] + place.options)
        let json = try JSON(parsing: Array(result.transcript.output.joined().utf8))
        #expect(json["engine"]?.asString == engine.rawValue)
        #expect(json["statements"]?.asList?.count == 4)
        #expect(json["migration"] == "0001_things.sql")
        // Looking changes nothing.
        #expect(place.migrations == [])
    }

    @Test(arguments: Engine.tested)
    func `data is lost only when that is allowed, and what cannot be done is told`(
        on engine: Engine
    ) async throws {
        let place = try ResourcePlace(on: engine)
        defer { place.remove() }
        try place.declare(Self.things)
        _ = await run(["resources", "apply"] + place.options)
        let (id, now) = (
            "01990000-0000-7000-8000-000000000001", engine == .sqlite ? "5" : "now()"
        )
        try await place.execute(
            """
            INSERT INTO users (id, email, created_at, updated_at)
                VALUES ('\(id)', 'a@example.com', \(now), \(now));
            INSERT INTO things (id, user_id, title, created_at, updated_at)
                VALUES ('\(id)', '\(id)', 'a long title', \(now), \(now));
            """)
        try place.declare(
            #"{name: "things", fields: {title: {type: "text", length: [0, 5]}}}"#)
        var result = await run(["resources", "apply"] + place.options)
        #expect(result.status == 1)
        #expect(
            result.transcript.complaints == [
                "atrium: Data would be lost:",
                "atrium: things: title is cut to 5 characters (1 row)",
                "atrium: Apply it all the same with --allow-data-loss.",
            ])
        #expect(place.migrations == ["0001_things.sql"])
        result = await run(["resources", "apply", "--allow-data-loss"] + place.options)
        #expect(result.transcript.complaints == [])
        #expect(place.migrations == ["0001_things.sql", "0002_things.sql"])

        try place.declare(
            """
            {name: "things", fields: {
                title: {type: "text", length: [0, 5]}, n: {type: "integer", required: true}}}
            """
        )
        result = await run(["resources", "apply", "--allow-data-loss"] + place.options)
        #expect(result.status == 1)
        #expect(
            result.transcript.complaints.contains {
                $0.contains("things: n must not be null and has no default for rows that are there")
            })
    }

    @Test(arguments: Engine.tested)
    func `in dev a start changes what loses nothing, and the migration is written later`(
        on engine: Engine
    ) async throws {
        let place = try ResourcePlace(on: engine)
        defer { place.remove() }
        try place.declare(Self.things)
        // A command does not change tables that a server may be using.
        #expect(await run(["user", "list"] + place.options).status == 0)
        var start = await place.start()
        #expect(start.failure == nil)
        #expect(start.log.contains { $0.contains("changed the tables of resources") })
        #expect(start.log.contains { $0.contains("`atrium resources apply` writes the next one") })
        start = await place.start()
        #expect(!start.log.contains { $0.contains("changed the tables of resources") })
        var result = await run(["resources", "apply"] + place.options)
        #expect(
            result.transcript.output == ["wrote \(place.directory)/migrations/0001_things.sql"])
        // Noted, not run again.
        result = await run(["migrate", "status"] + place.options)
        #expect(result.transcript.output.last?.contains("0001_things") == true)
        #expect(result.transcript.output.last?.contains("applied") == true)

        // Ahead of a migration that a colleague wrote of the same change.
        try place.declare(Self.things.replacing("count", with: "number"))
        #expect(await place.start().failure == nil)
        let other = try ResourcePlace(on: engine, of: place)
        defer { other.remove() }
        _ = await run(["resources", "apply"] + other.options)
        #expect(place.migrations.count == 2)
        #expect(await place.start().failure == nil)
        result = await run(["migrate", "status"] + place.options)
        #expect(!result.transcript.output.contains { $0.contains("pending") })
    }

    @Test(arguments: Engine.tested)
    func `in prod a difference without a migration stops the start and says what to do`(
        on engine: Engine
    ) async throws {
        let place = try ResourcePlace(on: engine)
        defer { place.remove() }
        try place.declare(Self.things)
        let prod = [
            "ENVIRONMENT": "prod", "BETTER_AUTH_SECRET": String(repeating: "s", count: 32),
            "ENCRYPTION_KEY": String(repeating: "A", count: 43) + "=",
        ]
        let failure = try #require(await place.start(prod).failure)
        #expect(
            failure.hasPrefix(
                "The tables are not what the resources declare (things), and no migration leads "
                    + "there. Run `atrium resources apply` where you develop"))
        var result = await run(
            ["doctor", "--http", "127.0.0.1:0"] + place.options, variables: prod)
        #expect(
            result.transcript.output.contains {
                $0.hasPrefix("failure") && $0.contains("resources")
            }, "\(result.transcript.output)")

        let home = try ResourcePlace(on: engine, of: place)
        defer { home.remove() }
        _ = await run(["resources", "apply"] + home.options)
        #expect(await place.start(prod).failure == nil)
        // A migration that was edited after it was applied is found.
        let file = place.directory + "/migrations/0001_things.sql"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        try text.replacing("CREATE TABLE", with: "CREATE  TABLE")
            .write(toFile: file, atomically: true, encoding: .utf8)
        result = await run(["user", "list"] + place.options, variables: prod)
        #expect(
            result.transcript.complaints == [
                "atrium: Migration resources/0001_things was edited after it was applied. "
                    + "Undo the edit, add a new one instead."
            ])
    }

    @Test func `every mistake of every file ends the start with a line of its own`() async throws {
        let place = try ResourcePlace(on: .sqlite)
        defer { place.remove() }
        try place.declare("{name: 'jobs', fields: {a: {type: 'txt'}}}", as: "a.json5")
        try place.declare("{name: 'b', fields: {a: {type: 'enum'}}}", as: "b.json5")
        try place.declare("not read", as: "notes.txt")
        for command in [
            ["user", "list"], ["resources", "apply"], ["migrate", "up"], ["openapi"],
        ] {
            let result = await run(command + place.options)
            #expect(result.status == 2)
            #expect(result.transcript.complaints.count == 3, "\(result.transcript.complaints)")
            #expect(
                result.transcript.complaints.last == "atrium: b.json5: fields.a.values is missing")
        }
        let doctor = await run(["doctor", "--http", "127.0.0.1:0"] + place.options)
        #expect(doctor.status == 1)
        #expect(
            doctor.transcript.output.contains {
                $0.hasPrefix("failure") && $0.contains("b.json5: fields.a.values is missing")
            })
    }

    @Test func `a directory that is not there is a mistake, and no directory at all`() async throws
    {
        let place = try CommandPlace(on: .sqlite)
        defer { place.remove() }
        let gone = place.directory + "/gone"
        var result = await run(["user", "list", "--resources", gone] + place.options)
        #expect(
            result.transcript.complaints
                == ["atrium: \(gone): cannot be read: No such file or directory"])
        result = await run(["resources", "diff"] + place.options)
        #expect(result.status == 2)
        result = await run(
            ["resources", "apply", "--name", "../x", "--resources", place.directory] + place.options
        )
        #expect(
            result.transcript.complaints
                == ["atrium: --name must be lower-case letters, digits and underscores"])
    }

    // C21
    @Test func `every table and path of the program's own is reserved`() throws {
        let program = try Blueprint.program(Settings())
        let scripts = program.migrations.map { $0.script(for: .sqlite).up }
        let tables = scripts.flatMap { script in
            script.split(separator: "CREATE TABLE ", omittingEmptySubsequences: false).dropFirst()
                .map { String($0.prefix { $0.isLetter || $0 == "_" }) }
        }
        #expect(tables.count > 15)
        #expect(Set(tables).subtracting(ReservedNames.tables) == [])
        let prefix = "/api/v1/"
        let paths = program.mount.routes.map(\.path).filter { $0.hasPrefix(prefix) }
            .map { String($0.dropFirst(prefix.count).prefix { $0 != "/" }) }
        #expect(paths.count > 10)
        #expect(Set(paths).subtracting(ReservedNames.paths) == [])
    }

    // C21
    @Test func `every name of the API's document is reserved`() throws {
        var settings = Settings()
        settings.apps = AppName.allCases
        let program = try Blueprint.program(settings)
        let document = try JSON(parsing: program.system.documentBytes())
        let shapes = document["components"]?["schemas"]?.asObject?.names ?? []
        #expect(shapes.count > 20)
        let verbs = ["list", "create", "read", "update", "delete", "restore"]
        let things = program.mount.routes.filter { $0.surface.name == "v1" }.compactMap { route in
            verbs.first(where: route.route.id.hasPrefix).map {
                String(route.route.id.dropFirst($0.count))
            }
        }
        #expect(things.count > 10)
        #expect((shapes + things).filter { !ReservedNames.isShape($0) } == [])
    }
}

import Coding
import DatabaseTesting
import SQL
import Secrets
import Testing
import Values

@testable import Resources
@testable import Server

/// Decision 9: personal data of declared resources is sealed with the encryption keys, too.
struct SealedFieldsTests {
    private static let one = "1:" + String(repeating: "A", count: 42) + "E="
    private static let two = "2:" + String(repeating: "A", count: 42) + "I="

    private static let people = """
        {name: "people", owner: "none", fields: {
          name: {type: "text", length: [0, 100]}, phone: {type: "text", pii: true}}}
        """

    private func json(
        _ words: [String], _ options: [String], keys: String
    ) async throws -> JSON {
        let result = await run(words + ["--json"] + options, variables: ["ENCRYPTION_KEYS": keys])
        #expect(result.status == 0, "\(result.transcript.complaints)")
        return try JSON(parsing: Array(result.transcript.output.joined().utf8))
    }

    private func seal(_ keys: String) throws -> FieldSeal {
        FieldSeal(try Keyring(list: Secret(keys), randomness: .system))
    }

    @Test(arguments: Engine.tested)
    func `the fields of rows are counted and sealed anew when keys rotate`(
        on engine: Engine
    ) async throws {
        let place = try ResourcePlace(on: engine)
        defer { place.remove() }
        try place.declare(Self.people)
        let (one, both) = (["ENCRYPTION_KEYS": Self.one], Self.two + "," + Self.one)
        _ = await run(["migrate", "up"] + place.options, variables: one)
        // Before there is a table, nobody knows what it seals.
        var result = await run(["keys", "list"] + place.options, variables: one)
        #expect(result.status == 1)
        #expect(result.transcript.complaints.first?.contains("(people)") == true)
        result = await run(["resources", "apply"] + place.options, variables: one)
        #expect(result.status == 0, "\(result.transcript.complaints)")

        let people = try #require(
            try DeclarationReader.read([DeclarationFile("people", Array(Self.people.utf8))])[
                "people"])
        let row = ID<ResourceRow>(high: 0x7000, low: 1 << 63)
        let old = try seal(Self.one)
        try await place.command.onServer(one, ["--resources", place.directory]) { server in
            let phone = old.bind(.text("030 1815"), people.fields[1], of: row, in: people)
            let now = Clock.system.now
            try await server.database.execute(
                """
                INSERT INTO people (id, phone, created_at, updated_at)
                VALUES (\(row), \(phone), \(now), \(now))
                """)
        }
        #expect(
            try await json(["keys", "list"], place.options, keys: both)["encryption"]
                == [["id": 2, "values": 0], ["id": 1, "values": 2]])
        // Without the declarations they would be overlooked, and the old key be given up.
        result = await run(
            ["keys", "rotate"] + place.command.options, variables: ["ENCRYPTION_KEYS": both])
        #expect(result.status == 1)
        let rotation = try await json(["keys", "rotate"], place.options, keys: both)
        #expect(rotation["resealed"] == 2)
        let new = try seal(Self.two)
        try await place.command.onServer(
            ["ENCRYPTION_KEYS": Self.two], ["--resources", place.directory]
        ) { server in
            let rows = try await server.database.all(
                "SELECT \(people.columns) FROM people"
            ) { found throws(DatabaseError) in try ResourceRow(row: &found, people, new) }
            #expect(rows.map(\.values) == [[.null, .text("030 1815")]])
        }
    }
}

import Coding
import DatabaseTesting
import Foundation
import Identity
import SQL
import SQLiteStore
import Testing
import Values

@testable import Server

@Suite struct ImportCommandTests {
    /// Writes a CSV file into a place and runs the command on it.
    private func importCSV(
        _ text: String, _ place: CommandPlace, _ options: [String] = []
    ) async throws -> (status: Int32, transcript: Transcript) {
        let file = place.directory + "/users.csv"
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        return await run(["import", "csv", file] + options + place.options)
    }

    private static let django =
        "pbkdf2_sha256$1000$NaClNaClNaClNaClNaClNa$csiZn4czEgqp2K1L5ekJX+VxWXK0AdPxprxh5OK5bBU="

    private static let users = """
        name,email,password_hash,email_verified,created_at
        "Lovelace, Ada",ada@example.com,\(django),true,2025-01-31T10:00:00Z
        Grace,grace@example.com,,,
        Nobody,nobody,,,
        Plain,plain@example.com,correct horse,,
        short,row@example.com
        Twice,ADA@example.com,,,

        """

    @Test(arguments: Engine.tested)
    func `a CSV file is imported and what was refused is told by its line`(on engine: Engine)
        async throws
    {
        let place = try CommandPlace(on: engine)
        defer { place.remove() }
        let dry = try await importCSV(Self.users, place, ["--dry-run"])
        #expect(dry.status == 1)
        #expect(
            dry.transcript.output.first
                == "2 users would be imported, 1 of them without a password.")
        let real = try await importCSV(Self.users, place)
        #expect(real.status == 1)
        #expect(
            real.transcript.output == [
                "Imported 2 users, 1 of them without a password.",
                "1 are there already and were left as they are.", "3 were refused:",
                "  line 4: the e-mail address is none",
                "  line 5: the password hash is of no known format, or costs more than is allowed",
                "  line 6: it has more or fewer fields than the first line",
            ])
        #expect(real.transcript.complaints == ["100 %, 6 users"])
        let again = try await importCSV(Self.users, place, ["--json"])
        let json = try JSON(parsing: Array(again.transcript.output.joined().utf8))
        #expect(json["imported"] == 0)
        #expect(json["present"] == 3)
        #expect(json["refusals"]?[0]?["code"] == "badEmail")
        let shown = await run(["user", "show", "ada@example.com", "--json"] + place.options)
        let ada = try JSON(parsing: Array(shown.transcript.output.joined().utf8))
        #expect(ada["name"] == "Lovelace, Ada")
        #expect(ada["emailVerified"] == true)
        #expect(ada["hasPassword"] == true)
        #expect(ada["createdAt"] == "2025-01-31T10:00:00.000Z")
        let entries = await run(["audit", "list", "--json"] + place.options)
        #expect(entries.transcript.output.joined().contains(#""details":{"count":2}"#))
    }

    @Test(arguments: [
        ("email,passwort\n", "The column passwort means nothing here"),
        ("name\nAda\n", "The first line must name the columns"),
        ("email,email\n", "The first line must name the columns"),
        ("email\n\"ada@example.com\n", "line 2: a quote is opened and never closed"),
    ])
    func `a file that cannot be understood is told so`(text: String, words: String) async throws {
        let place = try CommandPlace(on: .sqlite)
        defer { place.remove() }
        let result = try await importCSV(text, place)
        #expect(result.status == 1)
        #expect(result.transcript.complaints.joined().contains(words))
    }

    @Test func `a person who waits sees a bar, and no lines`() async throws {
        let place = try CommandPlace(on: .sqlite)
        defer { place.remove() }
        let file = place.directory + "/users.csv"
        try Data("email\nada@example.com\n".utf8).write(to: URL(fileURLWithPath: file))
        let (transcript, bars) = (Transcript(), Transcript())
        var environment = transcript.environment
        environment.draw = bars.environment.write
        #expect(await Tool.run(["import", "csv", file] + place.options, environment) == 0)
        #expect(
            bars.output == [String(repeating: "█", count: 30) + " 100 %  1 users", ""])
        #expect(transcript.complaints == [])
    }

    @Test func `a file that is not there is told so`() async throws {
        let place = try CommandPlace(on: .sqlite)
        defer { place.remove() }
        for kind in ["csv", "better-auth"] {
            let file = place.directory + "/nothing"
            let result = await run(["import", kind, file] + place.options)
            #expect(result.status == 1)
            #expect(result.transcript.complaints.joined().contains("cannot be read"))
            #expect(!FileManager.default.fileExists(atPath: file))
        }
        let result = await run(["import", "csv"] + place.options)
        #expect(result.status == 2)
    }

    @Test(arguments: Engine.tested)
    func `a better-auth file is read and not written`(on engine: Engine) async throws {
        let place = try CommandPlace(on: engine)
        defer { place.remove() }
        let file = place.directory + "/better-auth.db"
        let store = try SQLiteStore.open(path: file)
        try await store.transaction { try await $0.runScript(Self.betterAuth) }
        await store.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: file))
        let result = await run(["import", "better-auth", file] + place.options)
        #expect(result.status == 0, "\(result.transcript.complaints)")
        #expect(
            result.transcript.output == [
                "Imported 2 users, 1 of them without a password.",
                "1 accounts at providers were not taken over.",
            ])
        #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == before)
    }

    private static let betterAuth = """
        CREATE TABLE "user" (id text PRIMARY KEY, name text, email text, "emailVerified" integer,
            image text, "createdAt" date, "updatedAt" date);
        CREATE TABLE account (id text PRIMARY KEY, "userId" text, "providerId" text, password text);
        INSERT INTO "user" VALUES ('a', 'Ada', 'ada@example.com', 1, NULL,
            '2025-01-31T10:00:00.000Z', '2025-01-31T10:00:00.000Z'),
            ('b', 'Bob', 'bob@example.com', 0, NULL, 1738317600000, 1738317600000);
        INSERT INTO account VALUES ('1', 'a', 'credential', '\(django)'), ('2', 'b', 'github', NULL);
        """
}

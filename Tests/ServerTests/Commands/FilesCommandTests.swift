import Coding
import DatabaseTesting
import Foundation
import Identity
import SQL
import Secrets
import Testing
import Values

@testable import Files
@testable import Server

/// Directories of files as an operator meets them after a backup: by the start, the doctor and `atrium
/// files`.
struct FilesCommandTests {
    private static let id = "019aa113-5e00-7000-8000-5f1c9d27e0a1"
    private static let user = Statement(
        .write, "INSERT INTO users (id, email, created_at, updated_at) VALUES ($1, $2, $3, $3)",
        binds: ID<User>.self, String.self, Instant.self)

    /// The directory of a place that has its tables, with a file in it.
    private func withFile(
        on engine: Engine, _ body: (CommandPlace, String) async throws -> Void
    ) async throws {
        let place = try CommandPlace(on: engine)
        defer { place.remove() }
        _ = await run(["migrate", "up"] + place.options)
        let folder = "\(place.directory)/files/\(Self.id.prefix(5))"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        let file = "\(folder)/\(Self.id)"
        try Data([1]).write(to: URL(filePath: file))
        try await body(place, file)
    }

    private func doctor(_ place: CommandPlace) async -> [String] {
        await run(["doctor", "--http", "127.0.0.1:0"] + place.options).transcript.output
            .filter { $0.contains(" uploads ") }
    }

    /// A row for the file.
    private func know(_ place: CommandPlace) async throws {
        try await OpenDatabase.opened(try settings(place), .system) { opened in
            let user = try #require(ID<User>("019aa113-5e00-7000-8000-000000000001"))
            let file = try #require(ID<StoredFile>(Self.id))
            let at = Instant(seconds: 1_795_176_000)
            try await opened.database.execute(Self.user, user, "ada@example.com", at)
            _ = try await opened.database.first(
                StoredFile.insert, file, user, "user", "a", .png,
                1, SHA256.digest(of: ""), at, at)
        }
    }

    private func settings(_ place: CommandPlace) throws -> Settings {
        try load(flags: [
            ("data", place.directory),
            ("database.url", String(place.options[3].dropFirst("database.url=".count))),
        ]).settings
    }

    @Test(arguments: Engine.tested)
    func `a directory that nobody knows is adopted only on purpose`(on engine: Engine) async throws
    {
        try await withFile(on: engine) { place, file in
            let found = await doctor(place)
            #expect(found.contains { $0.hasPrefix("failure") && $0.contains("files adopt") })
            let refusal = await #expect(throws: StartFailure.self) {
                let ambient = Ambient(clock: .system, randomness: .system, logger: .none)
                _ = try await Server.open(try settings(place), ambient)
            }
            #expect(refusal?.description.contains("this one knows none of them") == true)

            let asked = await run(["files", "adopt"] + place.options)
            #expect(asked.status == 2)
            #expect(
                asked.transcript.complaints == [
                    "atrium: files adopt puts 1 of 1 files into the trash: confirm it with --yes"
                ])
            #expect(await run(["files", "adopt"] + place.options, answer: "n").status == 1)
            #expect(await doctor(place).contains { $0.contains("files adopt") })
            let adopted = await run(["files", "adopt", "--yes", "--json"] + place.options)
            #expect(adopted.transcript.output == [#"{"files":1,"orphans":1}"#])
            #expect(await doctor(place).allSatisfy { $0.hasPrefix("ok") })
            #expect(FileManager.default.fileExists(atPath: file))
        }
    }

    @Test(arguments: Engine.tested)
    func `what a database knows needs no word, and what is missing is found`(
        on engine: Engine
    ) async throws {
        try await withFile(on: engine) { place, file in
            try await know(place)
            #expect(await doctor(place).last?.contains("the newest 1 are there") == true)
            // As if the job had put it aside while the database was an old one.
            let trash = "\(place.directory)/files/trash/2026-11-20"
            try FileManager.default.createDirectory(
                atPath: trash, withIntermediateDirectories: true)
            try FileManager.default.moveItem(atPath: file, toPath: "\(trash)/\(Self.id)")
            let found = await doctor(place)
            #expect(
                found.contains {
                    $0.hasPrefix("failure") && $0.contains("of the newest 1 files 1 are not there")
                }, "\(found)")
            let recovered = await run(["files", "recover"] + place.options)
            #expect(recovered.transcript.output == ["1 file was taken back."])
            #expect(FileManager.default.fileExists(atPath: file))
            let nothing = await run(["files", "recover", "--json"] + place.options)
            #expect(nothing.transcript.output == [#"{"recovered":0}"#])
        }
    }
}

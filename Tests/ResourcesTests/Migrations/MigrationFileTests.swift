import DatabaseTesting
import SQL
import Testing
import Values

@testable import Resources

struct MigrationFileTests {
    private func sample() throws -> SchemaUpdate {
        SchemaUpdate(try read(["items.json5": sampleItems, "item_notes.json5": sampleNotes]))
    }

    @Test func `a migration is written and read back`() throws {
        for update in [try sample(), SchemaUpdate(try ResourceCatalog(TableTests.everything))] {
            let file = try #require(MigrationFiles().next(to: update, name: nil, mends: false))
            let again = try MigrationFile(fileName: file.fileName, bytes: Array(file.text.utf8))
            #expect(again == file)
            #expect(again.tables == update.tables)
        }
    }

    @Test func `a migration is named after what it is about, and numbered`() throws {
        let update = try sample()
        let first = try #require(MigrationFiles().next(to: update, name: nil, mends: false))
        #expect(first.fileName == "0001_items_item_notes.sql")
        #expect(first.id == "resources/0001_items_item_notes")
        let files = MigrationFiles([first])
        #expect(files.next(to: update, name: nil, mends: false) == nil)
        let gone = SchemaUpdate([])
        let second = try #require(files.next(to: gone, name: "farewell", mends: false))
        #expect(second.fileName == "0002_farewell.sql")
        #expect(second.tables == [])
    }

    @Test(arguments: Engine.tested)
    func `migrations go up and down, each to the tables that it names`(
        on engine: Engine
    ) async throws {
        var states = [try sample().tables]
        for declarations in Self.states { states.append(try ResourceCatalog(declarations).tables) }
        let renames = try ResourceCatalog(Self.states[1]).renames
        var files = MigrationFiles()
        for tables in states {
            let update = SchemaUpdate(tables, renames: renames)
            let next = try #require(files.next(to: update, name: nil, mends: true))
            files = MigrationFiles(files.list + [next])
        }
        let all = files
        try await withStore(on: engine) { store in
            let migrator = try Migrator(all.migrations, clock: .system)
            #expect(try await migrator.up(on: store) == all.list.map(\.id))
            func found() async throws -> [TableShape] {
                try await FoundTables.read(on: engine, store)
            }
            #expect(SchemaUpdate.areSame(try await found(), all.tables))
            for file in all.list.dropLast().reversed() {
                try await migrator.down(1, on: store)
                #expect(SchemaUpdate.areSame(try await found(), file.tables), "\(file.fileName)")
            }
            try await migrator.down(1, on: store)
            #expect(try await found().isEmpty)
            #expect(try await migrator.up(on: store) == all.list.map(\.id))
        }
    }

    /// Adds, renames, narrows, drops.
    private static let states: [[ResourceDeclaration]] = {
        var name = ResourceField("name", .text)
        name.length = 0...100
        var status = ResourceField("status", .enumeration)
        status.values = ["a", "b"]
        status.defaultValue = "a"
        var items = ResourceDeclaration("items", fields: [name, status])
        items.search = ["name"]
        var title = name
        title.name = "title"
        title.formerName = "name"
        title.length = 0...50
        var other = ResourceDeclaration("items", deletion: .hard, fields: [title])
        other.sort = [.init("title")]
        return [[items], [other], TableTests.everything]
    }()

    @Test(arguments: [
        ("1_items.sql", "must be called like 0001_items.sql"),
        ("0000_items.sql", "must be called like 0001_items.sql"),
        ("0001_It.sql", "must be called like 0001_items.sql"),
        ("0001_../x.sql", "must be called like 0001_items.sql"),
    ])
    func `a file with another name is refused`(_ name: String, _ problem: String) {
        #expect(throws: MigrationFile.Mistake(problem: problem)) {
            try MigrationFile(fileName: name, bytes: [])
        }
    }

    @Test func `a file that is no migration is told why`() throws {
        let good = try #require(MigrationFiles().next(to: try sample(), name: "a", mends: false))
        func problem(_ change: (String) -> String) -> String? {
            do {
                let bytes = Array(change(good.text).utf8)
                _ = try MigrationFile(fileName: good.fileName, bytes: bytes)
                return nil
            } catch { return error.problem }
        }
        #expect(problem { $0 } == nil)
        #expect(problem { _ in "" } == "lacks the line `-- atrium: sqlite up`")
        #expect(
            problem { $0 + "\n-- atrium: tables\n" }
                == "has the line `-- atrium: tables` that is not known, or twice")
        #expect(
            problem { $0 + "-- {\"name\": \"Users; DROP\"}\n" } == "has tables that cannot be read")
        #expect(throws: MigrationFile.Mistake(problem: "is not UTF-8")) {
            try MigrationFile(fileName: good.fileName, bytes: [0xff])
        }
    }

    @Test func `two migrations of one number are a mistake`() throws {
        let first = try #require(MigrationFiles().next(to: try sample(), name: "a", mends: false))
        let second = try #require(MigrationFiles().next(to: try sample(), name: "b", mends: false))
        do {
            _ = try MigrationFiles(
                [first, second].map { DeclarationFile($0.fileName, Array($0.text.utf8)) }, in: "m")
            Issue.record("they were taken")
        } catch {
            #expect(
                error.description.hasPrefix("m/0001_b.sql: has the number of 0001_a.sql: "))
        }
    }
}

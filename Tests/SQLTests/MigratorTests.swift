import Testing
import Values

@testable import SQL

struct MigratorTests {
    private static func migration(_ id: String, _ up: StaticString = "UP") -> Migration {
        let script = Migration.Script(up: up, down: "DOWN")
        return Migration(id, sqlite: script, postgres: script)
    }

    private static func applied(_ migration: Migration, as id: String? = nil) -> AppliedMigration {
        AppliedMigration(
            id: id ?? migration.id, checksum: migration.checksum(for: .sqlite),
            appliedAt: .distantPast)
    }

    @Test func `a checksum changes with id, text and engine's text only`() {
        let checksum = Self.migration("a/0001_x").checksum(for: .sqlite)
        #expect(checksum == "59a53a3b8c2556d6")
        #expect(checksum == Self.migration("a/0001_x").checksum(for: .sqlite))
        #expect(checksum != Self.migration("a/0002_x").checksum(for: .sqlite))
        #expect(checksum != Self.migration("a/0001_x", "UP ").checksum(for: .sqlite))
        let other = Migration(
            "a/0001_x", sqlite: .init(up: "UP", down: "DOWN"),
            postgres: .init(up: "OTHER", down: "DOWN"))
        #expect(checksum == other.checksum(for: .sqlite))
        #expect(checksum != other.checksum(for: .postgres))
    }

    @Test func `two of one id are refused`() {
        #expect {
            _ = try Migrator([Self.migration("a/1"), Self.migration("a/1")], clock: .system)
        } throws: {
            if case MigrationError.duplicate("a/1") = $0 { true } else { false }
        }
    }

    @Test func `status tells what is applied, changed, pending and unknown`() throws {
        let (one, two, three) = (
            Self.migration("a/1"), Self.migration("a/2"), Self.migration("a/3")
        )
        let migrator = try Migrator([one, two, three], clock: .system)
        let edited = Self.applied(Self.migration("a/2", "EDITED"))
        let statuses = migrator.statuses(
            [Self.applied(one), edited, Self.applied(one, as: "b/1")], on: .sqlite)
        #expect(statuses.map(\.id) == ["a/1", "a/2", "a/3", "b/1"])
        #expect(
            statuses.map(\.state) == [
                .applied(.distantPast), .changed(.distantPast), .pending, .unknown(.distantPast),
            ])
    }

    @Test func `groups are independent, a group is a chain`() throws {
        let migrator = try Migrator(
            [Self.migration("a/1"), Self.migration("b/1"), Self.migration("b/2")], clock: .system)
        try migrator.check([Self.applied(Self.migration("b/1"))], on: .sqlite)
        #expect {
            try migrator.check([Self.applied(Self.migration("b/2"))], on: .sqlite)
        } throws: {
            if case MigrationError.outOfOrder("b/1") = $0 { true } else { false }
        }
    }
}

import Coding
import SQL

/// A migration of declared resources, as it lies in a file: both ways in the words of both engines,
/// and the tables that it leaves behind.
package struct MigrationFile: Hashable, Sendable {
    package static let group = "resources"

    /// Both directions on one engine.
    package struct Script: Hashable, Sendable {
        package var up = ""
        package var down = ""
    }

    package let number: Int
    package let name: String
    package let sqlite: Script
    package let postgres: Script
    package let tables: [TableShape]

    package init(
        number: Int, name: String, sqlite: Script, postgres: Script, tables: [TableShape]
    ) {
        (self.number, self.name) = (number, name)
        (self.sqlite, self.postgres, self.tables) = (sqlite, postgres, tables)
    }

    /// What leads from the one to the other, and back. Undoing loses what doing has added.
    package init(
        number: Int, name: String, from: [TableShape], to: SchemaUpdate, mends: Bool
    ) {
        let forth = to.diff(from: from)
        let back = SchemaDiff(from: to.tables, to: from, renames: forth.renamesBack)
        func script(_ engine: Engine) -> Script {
            Script(
                up: SchemaPlan(forth, for: engine, mends: mends).script,
                down: SchemaPlan(back, for: engine, mends: true).script)
        }
        self.init(
            number: number, name: name, sqlite: script(.sqlite), postgres: script(.postgres),
            tables: to.tables)
    }

    /// `0001_items`
    package var title: String {
        let digits = "\(number)"
        return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits + "_" + name
    }

    package var fileName: String { title + ".sql" }
    package var id: String { Self.group + "/" + title }

    package var migration: Migration {
        Migration(
            id, sqlite: .init(read: sqlite.up, down: sqlite.down),
            postgres: .init(read: postgres.up, down: postgres.down))
    }
}

extension SchemaDiff {
    /// The new names of columns by their old ones, by table.
    fileprivate var renamesBack: [SQLIdentifier: [SQLIdentifier: SQLIdentifier]] {
        var names: [SQLIdentifier: [SQLIdentifier: SQLIdentifier]] = [:]
        for change in changed {
            for column in change.renamed {
                names[change.to.name, default: [:]][column.from.name] = column.to.name
            }
        }
        return names
    }
}

import API
import Logs
import Resources
import SQL
import Values

/// The migrations of all modules of a program, and of its declared resources.
struct Migrations {
    let list: [Migration]
    let resources: DeclaredResources
    let clock: Clock

    init(_ program: Program, _ clock: Clock) {
        list = program.migrations
        resources = program.resources
        self.clock = clock
    }

    func migrator() throws(StartFailure) -> Migrator {
        do {
            return try Migrator(list, clock: clock)
        } catch {
            throw StartFailure("\(error)")
        }
    }

    /// What a start does about migrations that are missing: apply them, or refuse.
    func bringUpToDate(
        on database: any Database, _ settings: Settings, isAlone: Bool, _ logger: Logger
    ) async throws {
        let migrator = try migrator()
        do {
            switch settings.database.migrate {
            case .auto:
                for id in try await up(on: database) {
                    logger.info("migrated", ["migration": .string(id)])
                }
            case .check: try await check(migrator, database)
            }
            // A command's short work must not change the tables of a server that runs.
            guard resources.isDeclared, isAlone else { return }
            let mayChange = settings.environment == .dev && settings.database.migrate == .auto
            try await ResourceUpdate(resources, migrator).finish(
                on: database, mayChange: mayChange, logger)
        } catch let error as MigrationError {
            throw refusal(error)
        }
    }

    /// Applies what is missing and returns the ids. Migrations of resources wait where the tables
    /// are not those that they start from.
    func up(on database: any Database) async throws -> [String] {
        let migrator = try migrator()
        let applied = try await migrator.up(on: database) { $0.group != MigrationFile.group }
        return applied + (try await ResourceUpdate(resources, migrator).applyFiles(on: database))
    }

    private func check(_ migrator: Migrator, _ database: any Database) async throws {
        let statuses = try await migrator.status(on: database)
        let pending = statuses.filter { $0.state == .pending }.map(\.id)
        guard pending.isEmpty else {
            throw StartFailure(
                "The database lacks \(pending.joined(separator: ", ")). "
                    + "Run `atrium migrate up`, or set database.migrate to auto.")
        }
        for status in statuses {
            switch status.state {
            case .changed: throw MigrationError.changed(status.id)
            case .unknown: throw MigrationError.unknown(status.id)
            case .pending, .applied: continue
            }
        }
    }
}

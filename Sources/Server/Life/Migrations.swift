import API
import Logs
import SQL
import Values

/// The migrations of all modules of a program.
struct Migrations {
    let list: [Migration]
    let clock: Clock

    init(_ program: Program, _ clock: Clock) {
        list = program.migrations
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
        on database: any Database, _ mode: DatabaseSettings.Migrate, _ logger: Logger
    ) async throws {
        let migrator = try migrator()
        do {
            switch mode {
            case .auto:
                for id in try await migrator.up(on: database) {
                    logger.info("migrated", ["migration": .string(id)])
                }
            case .check: try await check(migrator, database)
            }
        } catch let error as MigrationError {
            throw StartFailure(error.description)
        }
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

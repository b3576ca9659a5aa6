import Logs
import Resources
import SQL

/// Makes a database's tables what the resources declare: by their migrations, and where one
/// develops, also ahead of them.
struct ResourceUpdate: Sendable {
    private let resources: DeclaredResources
    private let migrator: Migrator

    init(_ resources: DeclaredResources, _ migrator: Migrator) {
        self.resources = resources
        self.migrator = migrator
    }

    /// Applies the migrations that are missing, if the tables are those that they start from.
    /// Otherwise somebody is ahead of them, and they are left.
    func applyFiles(on database: any Database) async throws -> [String] {
        let waiting = try await waiting(on: database)
        guard !waiting.isEmpty else { return [] }
        let applied = Set(resources.files.list.map(\.id)).subtracting(waiting)
        let found = try await FoundTables.read(on: database.engine, database)
        let start = resources.files.tables(applied: applied)
        guard SchemaUpdate.areSame(found, start) else { return [] }
        return try await migrator.up(on: database)
    }

    private func waiting(on database: any Database) async throws -> [String] {
        guard !resources.files.list.isEmpty else { return [] }
        return try await migrator.status(on: database).filter { status in
            status.state == .pending && resources.files.list.contains { $0.id == status.id }
        }.map(\.id)
    }

    // MARK: Starting

    /// What a start does about tables that are still not what is declared: change them where it may
    /// and nothing is lost, else refuse.
    func finish(
        on database: any Database, mayChange: Bool, _ logger: Logger
    ) async throws {
        let comparison = try await resources.update.compare(with: database)
        if comparison.diff.isEmpty {
            if resources.areFilesComplete { try await adopt(on: database) }
        } else if mayChange, comparison.losses.isEmpty {
            try await change(comparison, mends: false, on: database)
            let names = comparison.diff.names.joined(separator: ", ")
            logger.info("changed the tables of resources", ["tables": .string(names)])
        } else {
            throw StartFailure(refusal(comparison, mayChange: mayChange))
        }
        if mayChange, !resources.areFilesComplete {
            logger.info(
                "the resources have changed since their last migration: "
                    + "`atrium resources apply` writes the next one")
        }
    }

    private func refusal(_ comparison: SchemaUpdate.Comparison, mayChange: Bool) -> String {
        let names = comparison.diff.names.joined(separator: ", ")
        guard mayChange else {
            return
                "The tables are not what the resources declare (\(names)), and no migration leads "
                + "there. Run `atrium resources apply` where you develop and bring the migration "
                + "that it writes; `atrium resources diff` shows what is different."
        }
        let losses = comparison.losses.map(\.description).joined(separator: "\n")
        return "The resources were changed so that data would be lost (\(names)):\n\(losses)\n"
            + "Change them back, or run `atrium resources apply --allow-data-loss`."
    }

    // MARK: Changing

    /// Changes the tables, and notes that migrations which lead to the same need not run.
    func change(
        _ comparison: SchemaUpdate.Comparison, mends: Bool, and files: MigrationFiles? = nil,
        on database: any Database
    ) async throws {
        let (update, migrator) = (resources.update, migrator)
        let files = files ?? resources.files
        let isComplete = SchemaUpdate.areSame(files.tables, update.tables)
        try await migrator.exclusively(on: database) { transaction in
            if !comparison.diff.isEmpty {
                try await update.apply(comparison, mends: mends, on: transaction)
            }
            guard isComplete else { return }
            for migration in files.migrations {
                try await migrator.note(migration, on: transaction)
            }
        }
    }

    /// The tables are what the migrations lead to, however they came.
    private func adopt(on database: any Database) async throws {
        guard try await !waiting(on: database).isEmpty else { return }
        let (files, migrator) = (resources.files, migrator)
        try await migrator.exclusively(on: database) { transaction in
            for migration in files.migrations {
                try await migrator.note(migration, on: transaction)
            }
        }
    }
}

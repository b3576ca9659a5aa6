import Values

/// Brings a database's schema to what the program expects, one transaction a migration; where there is
/// nothing yet, all in one.
///
/// What was applied stands in `atrium_migrations` with a checksum. Two programs that start at once
/// on a fresh database both end well: the one waits for the other, on PostgreSQL at an advisory
/// lock, on SQLite because a transaction begins with the write lock.
package struct Migrator: Sendable {
    package let migrations: [Migration]
    private let clock: Clock

    /// Migrations in the order in which they run.
    package init(_ migrations: [Migration], clock: Clock) throws(MigrationError) {
        var seen: Set<String> = []
        for migration in migrations where !seen.insert(migration.id).inserted {
            throw .duplicate(migration.id)
        }
        self.migrations = migrations
        self.clock = clock
    }

    /// Applies what is missing of what is wanted and returns the ids of what it applied.
    @discardableResult
    package func up(
        on database: any Database, where isWanted: (Migration) -> Bool = { _ in true }
    ) async throws -> [String] {
        let missing = try await knownIDs(on: database, applied: false)
        let wanted = migrations.filter { missing.contains($0.id) && isWanted($0) }
        if missing.count == migrations.count, let applied = try await begin(wanted, on: database) {
            return applied
        }
        var applied: [String] = []
        for migration in wanted {
            if try await step(migration, on: database, apply) { applied.append(migration.id) }
        }
        return applied
    }

    /// Undoes the last `count` that were applied and returns their ids, the last one first.
    @discardableResult
    package func down(_ count: Int, on database: any Database) async throws -> [String] {
        let present = try await knownIDs(on: database, applied: true)
        var undone: [String] = []
        for migration in migrations.reversed()
        where undone.count < count && present.contains(migration.id) {
            if try await step(migration, on: database, undo) { undone.append(migration.id) }
        }
        return undone
    }

    package func status(on database: any Database) async throws -> [MigrationStatus] {
        let engine = database.engine
        let applied = try await transaction(on: database) { transaction in
            try await transaction.all(AppliedMigration.all)
        }
        return statuses(applied, on: engine)
    }

    /// What a first look finds, so that a start with nothing to do costs one transaction. Each step
    /// looks again under its lock.
    private func knownIDs(on database: any Database, applied: Bool) async throws -> Set<String> {
        let found = try await transaction(on: database) { transaction in
            try await transaction.all(AppliedMigration.all)
        }
        try check(found, on: database.engine)
        let known = Set(found.map(\.id))
        return Set(migrations.map(\.id).filter { known.contains($0) == applied })
    }

    /// All in one transaction, so that a new database waits once for the disk. Nil where that fails, such
    /// as by taking too long: then they go one by one, and the error names the one that is wrong.
    private func begin(
        _ wanted: [Migration], on database: any Database
    ) async throws -> [String]? {
        do {
            return try await transaction(on: database) { transaction in
                let known = try await transaction.all(AppliedMigration.all)
                try check(known, on: transaction.engine)
                var applied: [String] = []
                for migration in wanted {
                    if try await apply(migration, known, transaction) {
                        applied.append(migration.id)
                    }
                }
                return applied
            }
        } catch is DatabaseError {
            return nil
        }
    }

    // MARK: One step

    private typealias Change =
        @Sendable (Migration, [AppliedMigration], any Transaction) async throws -> Bool

    private func step(
        _ migration: Migration, on database: any Database, _ change: @escaping Change
    ) async throws -> Bool {
        do {
            return try await transaction(on: database) { transaction in
                let applied = try await transaction.all(AppliedMigration.all)
                try check(applied, on: transaction.engine)
                return try await change(migration, applied, transaction)
            }
        } catch let error as DatabaseError {
            throw MigrationError.failed(migration.id, error)
        }
    }

    private func apply(
        _ migration: Migration, _ applied: [AppliedMigration], _ transaction: any Transaction
    ) async throws -> Bool {
        if applied.contains(where: { $0.id == migration.id }) { return false }
        let engine = transaction.engine
        try await transaction.runScript(migration.script(for: engine).up)
        try await transaction.execute(
            AppliedMigration.insert, migration.id, migration.checksum(for: engine), clock.now)
        return true
    }

    private func undo(
        _ migration: Migration, _ applied: [AppliedMigration], _ transaction: any Transaction
    ) async throws -> Bool {
        guard applied.contains(where: { $0.id == migration.id }) else { return false }
        try await transaction.runScript(migration.script(for: transaction.engine).down)
        try await transaction.execute(AppliedMigration.delete, migration.id)
        return true
    }

    /// Runs `body` in a transaction that has the migrations' lock: the schema is this one's to change.
    package func exclusively<Output: Sendable>(
        on database: any Database,
        _ body: @escaping @Sendable (any Transaction) async throws -> Output
    ) async throws -> Output {
        try await transaction(on: database, body)
    }

    /// Notes that a migration's changes are there already, however they came.
    package func note(_ migration: Migration, on transaction: any Transaction) async throws {
        let applied = try await transaction.all(AppliedMigration.all)
        if applied.contains(where: { $0.id == migration.id }) { return }
        let checksum = migration.checksum(for: transaction.engine)
        try await transaction.execute(AppliedMigration.insert, migration.id, checksum, clock.now)
    }

    /// A transaction that has the lock and the table. When another holds SQLite's lock for longer
    /// than a writer waits, it is asked for again, for a minute or so.
    private func transaction<Output: Sendable>(
        on database: any Database,
        _ body: @escaping @Sendable (any Transaction) async throws -> Output
    ) async throws -> Output {
        var attempt = 1
        while true {
            do {
                return try await database.transaction { transaction in
                    try await transaction.runScript(Self.preparation(on: transaction.engine))
                    return try await body(transaction)
                }
            } catch let error as DatabaseError where error.code == .busy && attempt < 12 {
                attempt += 1
            }
        }
    }

    private static func preparation(on engine: Engine) -> String {
        switch engine {
        case .sqlite:
            """
            CREATE TABLE IF NOT EXISTS atrium_migrations (
                id TEXT NOT NULL PRIMARY KEY,
                checksum TEXT NOT NULL,
                applied_at INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID
            """
        case .postgres:
            // The lock's number is arbitrary; all that matters is that every version uses it.
            """
            SET LOCAL statement_timeout = 0;
            SET LOCAL client_min_messages = warning;
            SELECT pg_advisory_xact_lock(7238641155);
            CREATE TABLE IF NOT EXISTS atrium_migrations (
                id text NOT NULL PRIMARY KEY,
                checksum text NOT NULL,
                applied_at timestamptz NOT NULL
            )
            """
        }
    }
}

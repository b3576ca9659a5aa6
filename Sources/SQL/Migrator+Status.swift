import Values

extension Migrator {
    /// The statements it runs, for the check of statements.
    package static var statements: [StatementCore] {
        [AppliedMigration.all.core, AppliedMigration.insert.core, AppliedMigration.delete.core]
    }

    /// Refuses a database that this list of migrations did not make.
    func check(_ applied: [AppliedMigration], on engine: Engine) throws(MigrationError) {
        for status in statuses(applied, on: engine) {
            switch status.state {
            case .changed: throw .changed(status.id)
            case .unknown: throw .unknown(status.id)
            case .pending, .applied: continue
            }
        }
        try checkOrder(Set(applied.map(\.id)))
    }

    /// Within a group, what is applied comes before what is not.
    private func checkOrder(_ applied: Set<String>) throws(MigrationError) {
        var firstMissing: [Substring: String] = [:]
        for migration in migrations {
            if !applied.contains(migration.id) {
                firstMissing[migration.group] = firstMissing[migration.group] ?? migration.id
            } else if let missing = firstMissing[migration.group] {
                throw .outOfOrder(missing)
            }
        }
    }

    /// The list in its order, then what only the database knows.
    func statuses(_ applied: [AppliedMigration], on engine: Engine) -> [MigrationStatus] {
        var rest = Dictionary(applied.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let listed = migrations.map { migration in
            guard let row = rest.removeValue(forKey: migration.id) else {
                return MigrationStatus(id: migration.id, state: .pending)
            }
            let isSame = row.checksum == migration.checksum(for: engine)
            return MigrationStatus(
                id: migration.id,
                state: isSame ? .applied(row.appliedAt) : .changed(row.appliedAt))
        }
        let unknown = applied.filter { rest[$0.id] != nil }
        return listed
            + unknown.map { MigrationStatus(id: $0.id, state: .unknown($0.appliedAt)) }
    }
}

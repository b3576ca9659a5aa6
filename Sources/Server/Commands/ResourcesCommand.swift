import Coding
import Loop
import Resources
import SQL

extension Command {
    static let resources = Command(
        name: "resources", summary: "Compare declared resources with the database, or apply them.",
        choices: ["diff", "apply"],
        options: [
            CommandOption(
                name: "--allow-data-loss", help: "Apply also what drops or cuts data that is there."
            ),
            CommandOption(
                name: "--name", value: "NAME", help: "Call the migration that."), .json,
        ] + SettingsOptions.all
    ) { invocation in
        let settings = try invocation.loadSettings().settings
        guard settings.resources != nil else {
            throw UsageMistake("resources needs a directory of declarations: --resources DIR")
        }
        let program = try Blueprint.program(settings)
        let work = ResourcesCommand(
            invocation: invocation, settings: settings, resources: program.resources,
            migrations: Migrations(program, invocation.environment.clock))
        return try await work.run()
    }
}

private struct ResourcesCommand {
    let invocation: Invocation
    let settings: Settings
    let resources: DeclaredResources
    let migrations: Migrations

    private var environment: CommandEnvironment { invocation.environment }
    private var allowsLoss: Bool { invocation.has("--allow-data-loss") }

    func run() async throws -> Int32 {
        let name = try migrationName()
        let directory = DataDirectory(path: settings.data.text)
        try directory.prepare()
        // A server that runs must not find other tables than it was started with.
        let lock = invocation.choice == "diff" ? nil : try directory.lock()
        defer { withExtendedLifetime(lock) {} }
        do {
            try await OpenDatabase.opened(settings, environment.randomness) { opened in
                if invocation.choice == "diff" {
                    try await diff(opened.database, name)
                } else {
                    try await apply(opened.database, name)
                }
            }
            return 0
        } catch let error as MigrationError {
            throw migrations.refusal(error)
        }
    }

    private func migrationName() throws(UsageMistake) -> String? {
        guard let name = invocation["--name"] else { return nil }
        guard MigrationFile.isName(name) else {
            throw UsageMistake("--name must be lower-case letters, digits and underscores")
        }
        return name
    }

    /// The migration that must be written, so that others get what is declared.
    private func next(_ name: String?) -> MigrationFile? {
        resources.files.next(to: resources.update, name: name, mends: allowsLoss)
    }

    // MARK: diff

    private func diff(_ database: any Database, _ name: String?) async throws {
        guard try await isPrepared(database) else {
            throw StartFailure(
                "The database has no tables yet: run `atrium migrate up`, or start the server once."
            )
        }
        let comparison = try await resources.update.compare(with: database)
        let plan = SchemaPlan(comparison.diff, for: database.engine, mends: allowsLoss)
        let migration = next(name)
        invocation.show(
            .object([
                "engine": .string(database.engine.rawValue),
                "statements": .list(plan.statements.map { .string($0.text) }),
                "losses": .list(comparison.losses.map(\.json)),
                "migration": migration.map { .string($0.fileName) } ?? .null,
            ]), text(comparison, plan, migration))
    }

    private func isPrepared(_ database: any Database) async throws -> Bool {
        let statuses = try await migrations.migrator().status(on: database)
        return !statuses.contains {
            $0.id == ResourceTables.migration.id && $0.state == .pending
        }
    }

    private func text(
        _ comparison: SchemaUpdate.Comparison, _ plan: SchemaPlan, _ migration: MigrationFile?
    ) -> [String] {
        var lines: [String] = []
        if comparison.diff.isEmpty {
            lines.append("-- \(settings.databaseDescription) has the tables that are declared.")
        } else {
            lines.append(
                "-- What `atrium resources apply` does to \(settings.databaseDescription):")
            lines += plan.script.split(separator: "\n").map(String.init)
        }
        lines += comparison.losses.map { "-- Data: \($0)." }
        lines.append(
            migration.map { "-- It writes the migration \($0.fileName)." }
                ?? "-- The migrations lead to what is declared.")
        return lines
    }

    // MARK: apply

    private func apply(_ database: any Database, _ name: String?) async throws {
        var done = try await migrations.up(on: database).map { "applied \($0)" }
        let comparison = try await resources.update.compare(with: database)
        try check(comparison)
        let migration = next(name)
        if let migration {
            try resources.directory?.write(migration)
            done.append("wrote \(resources.directory?.place(of: migration) ?? "")")
        }
        do {
            let files = MigrationFiles(resources.files.list + (migration.map { [$0] } ?? []))
            let update = ResourceUpdate(resources, try migrations.migrator())
            try await update.change(comparison, mends: allowsLoss, and: files, on: database)
        } catch {
            // It was not applied here, and must not be applied elsewhere.
            if let migration { resources.directory?.remove(migration) }
            throw error
        }
        done += comparison.diff.summary
        invocation.show(
            .object([
                "tables": .list(comparison.diff.names.map { .string($0) }),
                "migration": migration.map { .string($0.fileName) } ?? .null,
            ]), done.isEmpty ? ["There is nothing to apply."] : done)
    }

    private func check(_ comparison: SchemaUpdate.Comparison) throws(StartFailure) {
        let obstacles = comparison.obstacles.map(\.description)
        guard obstacles.isEmpty else {
            throw StartFailure(
                "Rows that are there stand in the way:\n" + obstacles.joined(separator: "\n"))
        }
        guard comparison.losses.isEmpty || allowsLoss else {
            let losses = comparison.losses.map(\.description).joined(separator: "\n")
            throw StartFailure(
                "Data would be lost:\n\(losses)\nApply it all the same with --allow-data-loss.")
        }
    }
}

extension SchemaUpdate.FoundLoss {
    fileprivate var json: JSON {
        [
            "table": .string(loss.table.name), "rows": .integer(Int64(rows)),
            "problem": .string(loss.words), "isFinal": .boolean(loss.isFinal),
        ]
    }
}

extension SchemaDiff {
    fileprivate var summary: [String] {
        created.map { "made the table \($0.name.name)" }
            + changed.map { "changed the table \($0.to.name.name)" }
            + dropped.map { "dropped the table \($0.name.name)" }
    }
}

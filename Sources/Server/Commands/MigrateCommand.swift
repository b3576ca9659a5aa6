import Loop
import SQL
import SQLiteStore
import Values

extension Command {
    static let migrate = Command(
        name: "migrate", summary: "Bring the database's schema up to date, or back.",
        choices: ["up", "down", "status"],
        options: [
            CommandOption(name: "--steps", value: "COUNT", help: "How many to undo. Default 1."),
            CommandOption(name: "--yes", help: "Undo without asking."),
        ] + SettingsOptions.all
    ) { invocation in
        let settings = try invocation.loadSettings().settings
        let migrations = Migrations(try Blueprint.program(settings), invocation.environment.clock)
        let work = MigrateCommand(
            invocation: invocation, settings: settings, migrations: migrations,
            migrator: try migrations.migrator())
        return try await work.run()
    }
}

private struct MigrateCommand {
    let invocation: Invocation
    let settings: Settings
    let migrations: Migrations
    let migrator: Migrator

    private var environment: CommandEnvironment { invocation.environment }

    func run() async throws -> Int32 {
        let steps = try steps()
        let directory = DataDirectory(path: settings.data.text)
        try directory.prepare()
        let isReading = invocation.choice == "status"
        // A server that runs must not lose its tables.
        let lock = isReading ? nil : try directory.lock()
        defer { withExtendedLifetime(lock) {} }
        do {
            return try await OpenDatabase.opened(settings, environment.randomness) { opened in
                try await run(on: opened.database, steps)
            }
        } catch let error as MigrationError {
            throw migrations.refusal(error)
        }
    }

    private func steps() throws(UsageMistake) -> Int {
        guard let text = invocation["--steps"] else { return 1 }
        guard let steps = Int(text), steps > 0 else {
            throw UsageMistake("--steps needs a number of at least 1")
        }
        return steps
    }

    private func run(on database: any Database, _ steps: Int) async throws -> Int32 {
        switch invocation.choice {
        case "up": return try await up(database)
        case "down": return try await down(steps, database)
        default: return try await status(database)
        }
    }

    private func up(_ database: any Database) async throws -> Int32 {
        let applied = try await migrations.up(on: database)
        for id in applied { environment.write("applied \(id)") }
        let waiting = try await migrator.status(on: database).filter { !$0.isApplied }.map(\.id)
        guard waiting.isEmpty else {
            throw StartFailure(
                "\(waiting.joined(separator: ", ")) cannot be applied: the tables are not those that "
                    + "it starts from. `atrium resources diff` shows what is different.")
        }
        if applied.isEmpty { environment.write("The database is up to date.") }
        return 0
    }

    private func down(_ steps: Int, _ database: any Database) async throws -> Int32 {
        let applied = try await migrator.status(on: database).filter(\.isApplied).map(\.id)
        let last = applied.suffix(steps).reversed().joined(separator: ", ")
        guard !last.isEmpty else {
            environment.write("There is nothing to undo.")
            return 0
        }
        try confirm(last)
        for id in try await migrator.down(steps, on: database) { environment.write("undone \(id)") }
        return 0
    }

    private func confirm(_ ids: String) throws {
        if invocation.has("--yes") { return }
        let question = "Undo \(ids) on \(settings.databaseDescription)? Their data is lost. [y/N] "
        guard let answer = environment.ask(question) else {
            throw UsageMistake("migrate down loses data: confirm it with --yes")
        }
        guard ["y", "yes"].contains(answer.lowercased()) else {
            throw StartFailure("Nothing was undone.")
        }
    }

    private func status(_ database: any Database) async throws -> Int32 {
        let rows = try await migrator.status(on: database).map { [$0.id, $0.text] }
        for line in TextTable.lines(rows) { environment.write(line) }
        return 0
    }
}

extension MigrationStatus {
    fileprivate var isApplied: Bool { state != .pending }

    fileprivate var text: String {
        switch state {
        case .pending: "pending"
        case .applied(let instant): "applied \(instant)"
        case .changed(let instant): "applied \(instant), and edited since"
        case .unknown(let instant): "applied \(instant), and not in this program"
        }
    }
}

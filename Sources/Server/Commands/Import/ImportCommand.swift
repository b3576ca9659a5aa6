import Coding
import Identity
import PostgresStore
import SQL
import SQLiteStore
import Values

extension Command {
    static let importUsers = Command(
        name: "import", summary: "Take users over, from a better-auth database or a CSV file.",
        choices: ["better-auth", "csv"],
        operands: ["better-auth": "FILE-or-URL", "csv": "FILE"],
        options: [
            CommandOption(name: "--dry-run", help: "Try everything and keep nothing."),
            CommandOption(name: "--json", help: "The report as JSON, for programs."),
        ] + SettingsOptions.all
    ) { invocation in
        // A batch of users, on a database that may be far away.
        try await invocation.withServer({ $0.database.transactionTimeout = "60s" }) { server in
            try await ImportCommand(invocation, server).run()
        }
    }
}

private struct ImportCommand {
    let invocation: Invocation
    let server: Server

    init(_ invocation: Invocation, _ server: Server) {
        (self.invocation, self.server) = (invocation, server)
    }

    private var environment: CommandEnvironment { invocation.environment }
    private var place: String { invocation.operand ?? "" }
    private var isDry: Bool { invocation.has("--dry-run") }

    /// Status 1 when anybody was refused.
    func run() async throws -> Int32 {
        let outcome =
            invocation.choice == "csv"
            ? ImportOutcome(report: try await run(CSVUsers(place)))
            : try await runBetterAuth()
        if invocation.has("--json") {
            environment.write(outcome.json(isDry: isDry).description)
        } else {
            for line in outcome.lines(isDry: isDry) { environment.write(line) }
        }
        return outcome.report.refused == 0 ? 0 : 1
    }

    private func run(_ source: some UserSource) async throws -> ImportReport {
        var source = source
        var progress = ImportProgress(environment)
        let users = UserImport(
            server.database, server.program.identity.audit, environment.randomness,
            environment.clock, isDry: isDry)
        let report = try await users.run(from: &source) { progress.show($0, $1) }
        progress.end()
        return report
    }

    // MARK: better-auth

    private func runBetterAuth() async throws -> ImportOutcome {
        if place.hasPrefix("postgres://") || place.hasPrefix("postgresql://") {
            return try await runPostgres()
        }
        let path = place.hasPrefix("sqlite:") ? place.dropFirst("sqlite:".count) : place[...]
        let file = SQLiteFileReader(path: String(path))
        defer { file.close() }
        return try await runBetterAuth(file, .sqlite)
    }

    private func runPostgres() async throws -> ImportOutcome {
        var options = PostgresOptions(url: place)
        options.applicationName = "atrium import"
        options.writeLinksPerLoop = 1
        let store = try await PostgresStore.open(
            options, loops: server.loops, randomness: environment.randomness)
        do {
            let outcome = try await runBetterAuth(store, .postgres)
            await store.close()
            return outcome
        } catch {
            await store.close()
            throw error
        }
    }

    private func runBetterAuth(
        _ database: any StatementRunner, _ engine: Engine
    ) async throws -> ImportOutcome {
        let source = try await BetterAuthDatabase(database, on: engine)
        return ImportOutcome(report: try await run(source), otherAccounts: source.otherAccounts)
    }
}

/// How far an import has come: a bar for a person, else a line for each tenth.
struct ImportProgress {
    private static let width = 30

    private let environment: CommandEnvironment
    private var tenths = 0

    init(_ environment: CommandEnvironment) {
        self.environment = environment
    }

    mutating func show(_ report: ImportReport, _ fraction: Double) {
        let count = report.imported + report.present + report.refused
        if let draw = environment.draw {
            let full = Int(fraction * Double(Self.width))
            let bar =
                String(repeating: "█", count: full)
                + String(repeating: "░", count: Self.width - full)
            return draw("\(bar) \(Int(fraction * 100)) %  \(count) users")
        }
        let tenths = Int(fraction * 10)
        guard tenths > self.tenths else { return }
        self.tenths = tenths
        environment.complain("\(tenths * 10) %, \(count) users")
    }

    /// Clears the bar.
    func end() {
        environment.draw?("")
    }
}

/// What is told at the end.
private struct ImportOutcome {
    let report: ImportReport
    var otherAccounts = 0

    func lines(isDry: Bool) -> [String] {
        var lines = [
            isDry
                ? "\(report.imported) users would be imported, \(report.withoutPassword) of them without a password."
                : "Imported \(report.imported) users, \(report.withoutPassword) of them without a password."
        ]
        if report.present > 0 {
            lines.append("\(report.present) are there already and were left as they are.")
        }
        if otherAccounts > 0 {
            lines.append("\(otherAccounts) accounts at providers were not taken over.")
        }
        if report.refused > 0 { lines.append("\(report.refused) were refused:") }
        lines += report.refusals.map { "  \($0.place): \($0.problem.rawValue)" }
        let rest = report.refused - report.refusals.count
        if rest > 0 { lines.append("  and \(rest) more") }
        return lines
    }

    func json(isDry: Bool) -> JSON {
        let refusals = report.refusals.map { refusal -> JSON in
            [
                "place": .string(refusal.place), "code": .string("\(refusal.problem)"),
                "problem": .string(refusal.problem.rawValue),
            ]
        }
        return [
            "dryRun": .boolean(isDry), "imported": .integer(Int64(report.imported)),
            "withoutPassword": .integer(Int64(report.withoutPassword)),
            "present": .integer(Int64(report.present)),
            "refused": .integer(Int64(report.refused)),
            "otherAccounts": .integer(Int64(otherAccounts)), "refusals": .list(refusals),
        ]
    }
}

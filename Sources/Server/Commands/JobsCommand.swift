import Coding
import Jobs
import SQL
import Values

extension Command {
    static let jobs = Command(
        name: "jobs", summary: "List jobs, or put back those that were put aside.",
        choices: ["list", "retry"],
        options: [
            CommandOption(
                name: "--state", value: "STATE", help: "List only ready, done or dead ones."),
            CommandOption(
                name: "--id", value: "ID", help: "Put back this one only, not all that are dead."),
            CommandOption(name: "--json", help: "As JSON, for programs."),
        ] + SettingsOptions.all
    ) { invocation in
        try await invocation.onServer { server in
            try await JobsCommand(invocation: invocation, queue: server.jobs.queue).run()
        }
    }
}

/// A server that runs beside finds what was put back at once on PostgreSQL, and within half a minute
/// on SQLite.
private struct JobsCommand {
    let invocation: Invocation
    let queue: JobQueue

    func run() async throws {
        if invocation.choice == "retry" { try await retry() } else { try await list() }
    }

    private func list() async throws {
        let jobs = try await queue.list(try state())
        if invocation.has("--json") {
            return invocation.environment.write(JSON.list(jobs.map(\.json)).description)
        }
        if jobs.isEmpty { return invocation.environment.write("There are no jobs.") }
        let head = ["ID", "KIND", "STATE", "TRIES", "NEXT", "ERROR"]
        for line in TextTable.lines([head] + jobs.map(\.cells)) {
            invocation.environment.write(line)
        }
    }

    private func retry() async throws {
        let count = try await queue.retry(try id(), at: invocation.environment.clock.now)
        if invocation.has("--json") {
            return invocation.environment.write(
                JSON.object(["retried": .integer(Int64(count))]).description)
        }
        invocation.environment.write(
            count == 1 ? "1 job was put back." : "\(count) jobs were put back.")
    }

    private func state() throws(UsageMistake) -> JobState? {
        guard let text = invocation["--state"] else { return nil }
        guard let state = JobState(rawValue: text) else {
            throw UsageMistake("--state needs one of ready, done, dead")
        }
        return state
    }

    private func id() throws(UsageMistake) -> ID<Job>? {
        guard let text = invocation["--id"] else { return nil }
        guard let id = ID<Job>(text) else { throw UsageMistake("--id needs the id of a job") }
        return id
    }
}

extension ListedJob {
    fileprivate var word: String { state == .ready && isHeld ? "running" : state.rawValue }

    fileprivate var cells: [String] {
        let next = state == .ready ? runAt.description : "-"
        return [id.description, kind, word, "\(tries)", next, error ?? ""]
    }

    fileprivate var json: JSON {
        [
            "id": .string(id.description), "kind": .string(kind), "state": .string(word),
            "tries": .integer(Int64(tries)), "createdAt": .string(createdAt.description),
            "runAt": state == .ready ? .string(runAt.description) : .null,
            "error": error.map { .string($0) } ?? .null,
        ]
    }
}

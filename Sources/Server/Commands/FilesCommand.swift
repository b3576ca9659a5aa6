import Coding
import Files
import Values

extension Command {
    static let files = Command(
        name: "files",
        summary: "Make the directory of files this database's, or take files back from its trash.",
        choices: ["adopt", "recover"],
        options: [CommandOption(name: "--yes", help: "adopt: without asking."), .json]
            + SettingsOptions.all
    ) { invocation in
        try await invocation.onServer { server in
            let work = FilesCommand(invocation: invocation, server: server)
            do {
                if invocation.choice == "adopt" {
                    try await work.adopt()
                } else {
                    try await work.recover()
                }
            } catch let error as ForeignDirectory {
                throw StartFailure(error.description)
            }
        }
    }
}

/// Beside a server that runs, or before one starts.
private struct FilesCommand {
    let invocation: Invocation
    let server: Server

    private var directory: String { server.settings.filesDirectory }

    func adopt() async throws {
        let census = try await server.files.census()
        try confirm(census)
        try await server.files.adopt()
        invocation.show(
            ["files": .integer(Int64(census.files)), "orphans": .integer(Int64(census.orphans))],
            ["\(directory) is this database's now."])
    }

    private func confirm(_ census: FileCensus) throws {
        if invocation.has("--yes") { return }
        let question =
            "\(directory) has \(census.files) files, and the database knows \(census.orphans) of them "
            + "not. These will be put into the trash, and deleted after "
            + "\(server.settings.files.keepOrphans). Make it this database's? [y/N] "
        guard let answer = invocation.environment.ask(question) else {
            throw UsageMistake(
                "files adopt puts \(census.orphans) of \(census.files) files into the trash: "
                    + "confirm it with --yes")
        }
        guard ["y", "yes"].contains(answer.lowercased()) else {
            throw StartFailure("Nothing was changed.")
        }
    }

    func recover() async throws {
        let count = try await server.files.recover()
        invocation.show(
            ["recovered": .integer(Int64(count))],
            [count == 1 ? "1 file was taken back." : "\(count) files were taken back."])
    }
}

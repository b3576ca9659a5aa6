import Foundation

/// Finds the command by its name, runs it, and ends with its status.
enum Dev {
    static let commands: [Command] = [
        .test, .check, .conformance, .browser, .webSockets, .coverage, .tidy, .requirements, .watch,
        .killNine, .importing, .pages, .probes, .schemathesis, .fuzz, .bench, .provider,
    ]

    static func main() async {
        let words = Array(CommandLine.arguments.dropFirst())
        guard let command = commands.first(where: { $0.name == words.first }) else {
            say("Commands of dev, run from the root of the clone:\n")
            for command in commands {
                say("  " + command.name.padded(to: 14) + command.summary)
            }
            exit(words.isEmpty || words[0] == "--help" ? 0 : 2)
        }
        do {
            try await command.run(Array(words.dropFirst()))
        } catch {
            complain("dev \(command.name): \(error)")
            exit(1)
        }
    }
}

/// One thing that `dev` can do.
struct Command: Sendable {
    let name: String
    let summary: String
    let run: @Sendable ([String]) async throws -> Void
}

/// Why a command ends with status 1, in one line.
struct Problem: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

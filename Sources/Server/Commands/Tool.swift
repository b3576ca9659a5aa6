import Resources
import SQL
import Values

/// The program as a shell sees it. Exit status 0 is success, 1 that something went wrong, 2 that
/// the wish or the settings are mistaken.
package enum Tool {
    static let commands: [Command] = [
        .serve, .migrate, .doctor, .config, .routes, .openAPI, .seed, .user, .organization, .apiKey,
        .audit, .keys, .jobs, .files, .importUsers, .resources, .studio,
    ]

    /// The whole life of a process: returns its exit status.
    package static func main(_ words: [String]) -> Int32 {
        MainThread().run { await run(words, .process) }
    }

    package static func run(_ words: [String], _ environment: CommandEnvironment) async -> Int32 {
        do {
            switch try parse(words, environment) {
            case .run(let invocation): return try await invocation.command.run(invocation)
            case .help(let command): environment.write(Help.text(command, commands))
            case .version: environment.write("atrium \(Version.number)")
            }
            return 0
        } catch {
            for line in complaint(error) { environment.complain("atrium: \(line)") }
            return isMistaken(error) ? 2 : 1
        }
    }

    private static func parse(
        _ words: [String], _ environment: CommandEnvironment
    ) throws(UsageMistake) -> ArgumentParser.Wish {
        do throws(UsageMistake) {
            return try ArgumentParser(commands: commands, environment: environment).parse(words)
        } catch {
            throw UsageMistake("\(error) (`atrium help` lists what there is)")
        }
    }

    private static func isMistaken(_ error: any Error) -> Bool {
        error is UsageMistake || error is SettingsMistakes || error is DeclarationMistakes
    }

    private static func complaint(_ error: any Error) -> [String] {
        switch error {
        case let error as SettingsMistakes: error.list.map(\.description)
        case let error as DeclarationMistakes: error.list.map(\.description)
        case let error as StartFailure:
            error.description.split(separator: "\n").map(String.init)
        case let error as DatabaseError: ["The database failed: \(error.message)"]
        default: ["\(error)"]
        }
    }
}

/// What `atrium help` prints.
enum Help {
    static func text(_ command: Command?, _ commands: [Command]) -> String {
        command.map(text) ?? text(commands)
    }

    private static func text(_ commands: [Command]) -> String {
        var lines = ["Atrium \(Version.number): accounts, data and realtime in one server.", ""]
        lines.append("  atrium serve            on http://127.0.0.1:4000, data in ./data")
        lines += ["", "Commands:"]
        lines += table(commands.map { ($0.name, $0.summary) } + [("version", "Print the version.")])
        lines += ["", "`atrium help COMMAND` tells more about one of them."]
        return lines.joined(separator: "\n")
    }

    private static func text(_ command: Command) -> String {
        let choices = command.choices.map { choice in
            command.operands[choice].map { "\(choice) \($0)" } ?? choice
        }
        let choice = choices.isEmpty ? "" : " " + choices.joined(separator: "|")
        var lines = [command.summary, "", "  atrium \(command.name)\(choice) [options]"]
        guard !command.options.isEmpty else { return lines.joined(separator: "\n") }
        lines += ["", "Options:"]
        lines += table(
            command.options.map { ($0.name + ($0.value.map { " " + $0 } ?? ""), $0.help) })
        return lines.joined(separator: "\n")
    }

    private static func table(_ rows: [(String, String)]) -> [String] {
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { left, right in
            "  " + left + String(repeating: " ", count: width - left.count + 2) + right
        }
    }
}

/// One thing that the program can be asked to do from a shell.
struct Command: Sendable {
    let name: String
    /// One line, for the list of commands.
    let summary: String
    /// Words after the name, of which one must be given.
    var choices: [String] = []
    /// What must stand behind a choice, in capitals: `create EMAIL`.
    var operands: [String: String] = [:]
    var options: [CommandOption] = []
    /// Returns the exit status.
    let run: @Sendable (Invocation) async throws -> Int32
}

/// `--name VALUE`, or `--name` alone.
struct CommandOption: Sendable {
    let name: String
    /// What the value is, in capitals; nil for an option without one.
    var value: String?
    let help: String
}

/// A command with what was written after it.
struct Invocation: Sendable {
    let command: Command
    var choice: String?
    /// What stood behind the choice.
    var operand: String?
    /// In the order they came.
    var options: [(name: String, value: String)] = []
    var environment: CommandEnvironment

    func has(_ option: String) -> Bool { options.contains { $0.name == option } }

    /// The last value given.
    subscript(option: String) -> String? { options.last { $0.name == option }?.value }
}

/// The wish was not understood: exit status 2.
struct UsageMistake: Error, Hashable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

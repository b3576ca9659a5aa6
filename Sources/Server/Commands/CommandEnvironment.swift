import CLinux
import Glibc
import Values

/// What a command may use of the process it runs in.
package struct CommandEnvironment: Sendable {
    package var variables: [String: String]
    package var clock: Clock
    package var randomness: Randomness
    /// Whether a person reads the output.
    package var isTerminal: Bool
    /// Takes one line of output.
    package var write: @Sendable (String) -> Void
    /// Takes one line about what went wrong.
    package var complain: @Sendable (String) -> Void
    /// Asks a person for a line; nil when there is nobody.
    package var ask: @Sendable (String) -> String?
    /// Draws one line over the last for a person who waits; nil when nobody watches.
    package var draw: (@Sendable (String) -> Void)?
    /// The next line of what is piped in.
    package var readLine: @Sendable () -> String? = { nil }

    package init(
        variables: [String: String], clock: Clock, randomness: Randomness, isTerminal: Bool,
        write: @escaping @Sendable (String) -> Void,
        complain: @escaping @Sendable (String) -> Void,
        ask: @escaping @Sendable (String) -> String?
    ) {
        (self.variables, self.clock, self.randomness) = (variables, clock, randomness)
        (self.isTerminal, self.write) = (isTerminal, write)
        (self.complain, self.ask) = (complain, ask)
    }

    /// The process's own.
    package static var process: CommandEnvironment {
        var environment = CommandEnvironment(
            variables: processVariables, clock: .system, randomness: .system,
            isTerminal: isatty(STDOUT_FILENO) == 1,
            write: { writeAll($0 + "\n", to: STDOUT_FILENO) },
            complain: { writeAll($0 + "\n", to: STDERR_FILENO) },
            ask: { question in
                guard isatty(STDIN_FILENO) == 1 else { return nil }
                writeAll(question, to: STDERR_FILENO)
                return Swift.readLine()
            })
        environment.readLine = { Swift.readLine() }
        if isatty(STDERR_FILENO) == 1 {
            environment.draw = { writeAll("\r\($0)\u{1B}[K", to: STDERR_FILENO) }
        }
        return environment
    }

    private static var processVariables: [String: String] {
        var variables: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let pair = String(cString: text)
            let name = pair.prefix { $0 != "=" }
            if name.endIndex < pair.endIndex {
                variables[String(name)] = String(pair[name.endIndex...].dropFirst())
            }
            entry += 1
        }
        return variables
    }

    private static func writeAll(_ text: String, to file: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count > 0 {
                bytes = bytes.dropFirst(count)
            } else if linux_errno() != EINTR {
                return
            }
        }
    }
}

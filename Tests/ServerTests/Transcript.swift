import DatabaseTesting
import Server
import Synchronization
import Values

/// What a command has printed.
final class Transcript: Sendable {
    private let lines = Mutex<(output: [String], complaints: [String])>(([], []))
    private let answer: String?
    let clock = MovableClock()

    /// `answer` is what a person would type.
    init(answer: String? = nil) {
        self.answer = answer
    }

    var output: [String] { lines.withLock { $0.output } }
    var complaints: [String] { lines.withLock { $0.complaints } }

    var environment: CommandEnvironment { environment([:]) }

    func environment(_ variables: [String: String]) -> CommandEnvironment {
        CommandEnvironment(
            variables: variables, clock: clock.clock, randomness: .system, isTerminal: false,
            write: { line in self.lines.withLock { $0.output.append(line) } },
            complain: { line in self.lines.withLock { $0.complaints.append(line) } },
            ask: { _ in self.answer })
    }
}

/// Runs a command in this process.
func run(
    _ words: [String], variables: [String: String] = [:], answer: String? = nil
) async -> (status: Int32, transcript: Transcript) {
    let transcript = Transcript(answer: answer)
    let status = await Tool.run(words, transcript.environment(variables))
    return (status, transcript)
}

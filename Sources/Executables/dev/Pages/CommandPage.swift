/// What a page of Markdown tells its reader to do, in the order in which it does.
///
/// Blocks of `console` are commands behind `$ ` with what they print; `…` stands for whatever differs
/// from time to time. A block whose first line is a comment with a path is a file that the reader
/// writes. `<!-- stop -->` is where he stops the server.
struct CommandPage {
    /// Something to type.
    struct Command {
        let line: Int
        var text: String
        /// What it prints; empty where the page does not say.
        var output: [String] = []
    }

    /// What happens, one after the other.
    enum Step {
        case command(Int)
        case file(path: String, text: String)
        case stop
    }

    private(set) var commands: [Command] = []
    private(set) var steps: [Step] = []

    init(_ markdown: String) {
        let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false).map(
            String.init)
        var index = 0
        while index < lines.count {
            let line = lines[index]
            index += 1
            if line == "<!-- stop -->" { steps.append(.stop) }
            guard line.hasPrefix("```"), line != "```" else { continue }
            let start = index
            while index < lines.count, lines[index] != "```" { index += 1 }
            read(Array(lines[start..<index]), from: start + 1, kind: String(line.dropFirst(3)))
            index += 1
        }
    }

    private mutating func read(_ block: [String], from line: Int, kind: String) {
        if kind == "console" { return readCommands(block, from: line) }
        guard let first = block.first, first.hasPrefix("// "), first.hasSuffix(".json5") else {
            return
        }
        steps.append(
            .file(path: String(first.dropFirst(3)), text: block.joined(separator: "\n") + "\n"))
    }

    private mutating func readCommands(_ block: [String], from line: Int) {
        var isContinued = false
        for (offset, text) in block.enumerated() {
            if text.hasPrefix("$ ") {
                steps.append(.command(commands.count))
                commands.append(Command(line: line + offset, text: String(text.dropFirst(2))))
            } else if isContinued {
                commands[commands.count - 1].text += "\n" + text
            } else if !commands.isEmpty {
                commands[commands.count - 1].output.append(text)
            }
            isContinued = (text.hasPrefix("$ ") || isContinued) && text.hasSuffix("\\")
        }
    }
}

/// What a command printed, and its status.
struct PageAnswer {
    let text: String
    let status: Int
}

extension CommandPage.Command {
    /// What is otherwise than the page says; nil where nothing is. How lines are broken and indented
    /// is the page's own.
    func problem(with answer: PageAnswer) -> String? {
        let expected = output.joined(separator: "\n")
        if expected.allSatisfy(\.isWhitespace) {
            return answer.status == 0 ? nil : "\(text)\nends with \(answer.status): \(answer.text)"
        }
        if Self.matches(answer.text, expected) { return nil }
        return "\(text)\nprints\n\(answer.text)\nand not\n\(expected)"
    }

    private static func matches(_ text: String, _ expected: String) -> Bool {
        let text = Array(text.filter { !$0.isWhitespace })
        let parts = expected.filter { !$0.isWhitespace }
            .split(separator: "…", omittingEmptySubsequences: false).map(Array.init)
        guard let first = parts.first, text.starts(with: first) else { return false }
        var rest = text[first.count...]
        for part in parts.dropFirst().dropLast() {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        guard parts.count > 1, let last = parts.last else { return rest.isEmpty }
        return rest.count >= last.count && rest.suffix(last.count).elementsEqual(last)
    }
}

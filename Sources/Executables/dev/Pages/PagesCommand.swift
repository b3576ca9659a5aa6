import DatabaseTesting
import Foundation
import SQL

extension Command {
    static let pages = Command(
        name: "pages",
        summary:
            "runs what pages of docs/ tell to type, on both engines: [FILE …] [--print], which only shows"
    ) { words in
        var options = Options(words.filter { !$0.hasSuffix(".md") })
        let isPrinting = options.flag("--print")
        try options.end()
        let files = words.filter { $0.hasSuffix(".md") }
        try PagesRun(files: files.isEmpty ? PagesRun.all : files, isPrinting: isPrinting).run()
    }
}

/// Does what a page tells its reader to do, as a shell would, and looks whether he gets what the page
/// says he gets.
struct PagesRun {
    static let all = ["docs/first-resource.md"]

    var files = all
    /// Shows what comes instead of comparing it: for whoever writes the page.
    var isPrinting = false

    func run() throws {
        var problems = 0
        for file in files {
            let page = try CommandPage(String(contentsOfFile: file, encoding: .utf8))
            for engine in Engine.tested { problems += try run(page, file, on: engine) }
        }
        if problems > 0 { throw Problem("\(problems) commands do not print what stands there") }
    }

    private func run(_ page: CommandPage, _ file: String, on engine: Engine) throws -> Int {
        let session = try PageSession(on: engine)
        defer { session.remove() }
        var problems = 0
        for (command, answer) in zip(page.commands, try session.answers(to: page)) {
            if isPrinting {
                say("$ \(command.text)\n\(answer.text)")
            } else if let problem = command.problem(with: answer) {
                problems += 1
                complain("\(file), line \(command.line), on \(engine):\n\(problem)")
            }
        }
        say("\(file) on \(engine): \(page.commands.count) commands, \(problems) otherwise")
        return problems
    }
}

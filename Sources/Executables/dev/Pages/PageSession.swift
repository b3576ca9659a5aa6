import DatabaseTesting
import Foundation
import SQL

/// A reader's shell: a directory with the clone's examples, the program in its path, a database of
/// its own, and a free port where the page says 4000.
struct PageSession {
    private let directory: String
    private let port = LoopbackSocket.freePort()
    private let database: TestDatabase?

    init(on engine: Engine) throws {
        directory = NSTemporaryDirectory() + "atrium-page-\(UUID().uuidString)"
        let files = FileManager.default
        try files.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try files.copyItem(atPath: "Examples", toPath: directory + "/Examples")
        database = engine == .postgres ? try TestDatabase(on: .postgres) : nil
    }

    func remove() {
        database?.remove()
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// What each command prints, in one shell, so that variables stay.
    func answers(to page: CommandPage) throws -> [PageAnswer] {
        let path = directory + "/page.sh"
        try script(page).write(toFile: path, atomically: true, encoding: .utf8)
        var tool = Tool("bash", path)
        let own = (ServerProcess.path(of: "atrium") as NSString).deletingLastPathComponent
        let search = ProcessInfo.processInfo.environment["PATH"] ?? ""
        tool.environment = ["PATH": "\(own):\(search)", "PORT": "\(port)"]
        if let database { tool.environment["DATABASE_URL"] = database.location }
        let text = try tool.capture().lines.joined(separator: "\n")
            .replacing("localhost:\(port)", with: "localhost:4000")
            .replacing("127.0.0.1:\(port)", with: "127.0.0.1:4000")
        let answers = text.split(separator: Self.mark, omittingEmptySubsequences: false).dropFirst()
            .map(Self.answer)
        guard answers.count == page.commands.count else {
            throw Problem("the shell ended early: \(text.suffix(500))")
        }
        return answers
    }

    // MARK: The script

    private static let mark = "\u{1}"

    private static func answer(_ text: Substring) -> PageAnswer {
        let parts = text.split(separator: "\u{2}", omittingEmptySubsequences: false)
        let status = parts.count > 1 ? Int(parts[1].prefix { $0.isNumber }) : nil
        return PageAnswer(
            text: String(parts.first ?? "").trimmingCharacters(in: .newlines),
            status: status ?? -1)
    }

    /// A server is started beside and waited for; the next one, and the end, stop it.
    private static let head = """
        cd "$(dirname "$0")"
        export ATRIUM_LOG_LEVEL=warn ATRIUM_LIMITS_GUARDS=false
        server=
        stop() { if [ -n "$server" ]; then kill "$server"; wait "$server"; server=; fi; }
        trap stop EXIT
        serve() {
            stop
            atrium "$@" &
            server=$!
            for _ in $(seq 200); do
                curl -sf "http://localhost:$PORT/health" >/dev/null && return 0
                kill -0 "$server" 2>/dev/null || { wait "$server"; return 1; }
                sleep 0.1
            done
        }

        """

    private func script(_ page: CommandPage) -> String {
        page.steps.reduce(into: Self.head) { script, step in
            switch step {
            case .stop: script += "stop\n"
            case .file(let path, let text):
                script += "mkdir -p \"$(dirname \(path))\"\ncat >\(path) <<'END'\n\(text)END\n"
            case .command(let index):
                let text = page.commands[index].text
                    .replacing("localhost:4000", with: "localhost:\(port)")
                let command = text.hasPrefix("atrium serve") ? "serve" + text.dropFirst(6) : text
                script += "printf '\\001'\n{ \(command)\n} 2>&1\nprintf '\\002%s' $?\n"
            }
        }
    }
}

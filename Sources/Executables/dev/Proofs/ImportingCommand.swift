import DatabaseTesting
import Foundation
import SQL

extension Command {
    static let importing = Command(
        name: "import",
        summary: """
            kills an import of better-auth's users half-way and resumes it: [--users COUNT] \
            [--engine NAME]
            """
    ) { words in
        var options = Options(words)
        let count = try options.number("--users", default: 100_000)
        let engine = try options.value("--engine").map { Engine(rawValue: $0) }
        try options.end()
        guard count >= 2000 else { throw Problem("--users: less than 2000 end before the kill") }
        Interruption.prepare()
        let directory = NSTemporaryDirectory() + "atrium-import-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        say("making \(count) users of better-auth")
        let source = try ForeignUsers(count: count, file: directory + "/better-auth.db")
        var table = TextTable(
            "engine", "users", "there at the kill", "seconds", "and to the end", "peak RSS MB",
            "written MB", "signed in")
        for engine in engine.map({ $0.map { [$0] } ?? [] }) ?? Engine.tested {
            table.add(try Importing(source, on: engine, directory: directory).run())
        }
        table.show()
    }
}

/// The proof that an import can be killed and run again: everybody is there once, signs in with the
/// password he had, and memory does not grow with their number.
private struct Importing {
    /// Of more the program would keep users, not batches of them.
    static let residentMax = 256 * 1024

    let source: ForeignUsers
    let engine: Engine
    let server: TrialServer
    let log: String

    init(_ source: ForeignUsers, on engine: Engine, directory: String) throws {
        self.source = source
        self.engine = engine
        log = directory + "/import-\(engine).log"
        server = try TrialServer(on: engine)
    }

    /// The cells of a row.
    func run() throws -> [String] {
        defer { server.remove() }
        let first = try runImport(killedAt: "50 %")
        let second = try runImport(killedAt: nil)
        let words = second.lines.first { $0.hasPrefix("Imported ") } ?? "nothing"
        let present = second.lines.first { $0.contains(" are there already") }
        guard let rest = Self.number(in: words), let before = Self.number(in: present ?? "") else {
            throw Problem("the second run on \(engine) said: \(second.lines.last ?? "nothing")")
        }
        guard before > 0, rest > 0, before + rest == source.count else {
            throw Problem("\(before) and \(rest) are not \(source.count) users")
        }
        say("\(engine): resumed, \(rest) more users after \(before); signing in with old passwords")
        let signedIn = try signIn()
        let peak = max(first.memory.peak, second.memory.peak)
        guard peak <= Self.residentMax else { throw Problem("\(peak) KiB were resident") }
        let own = max(first.memory.own, second.memory.own)
        return [
            "\(engine)", "\(source.count)", "\(before)", Self.decimal(first.seconds),
            Self.decimal(second.seconds), "\(peak / 1024)", "\(own / 1024)",
            "\(signedIn) of \(source.sample.count)",
        ]
    }

    private struct Outcome {
        let lines: [String]
        let seconds: Double
        let memory: Memory
    }

    /// `killedAt` is what the progress has to say first.
    private func runImport(killedAt mark: String?) throws -> Outcome {
        let child = try Child(
            [
                ServerProcess.path(of: "atrium"), "import", "better-auth", source.file, "--data",
                server.directory + "/data",
            ], environment: server.database.map { ["DATABASE_URL": $0.location] } ?? [:], log: log)
        let start = Stopwatch.moment
        var memory = Memory(of: child.pid)
        while child.isRunning {
            try Interruption.check()
            let now = Memory(of: child.pid)
            if now.resident > 0 { memory = now.most(memory) }
            if let mark, child.lines.contains(where: { $0.hasPrefix(mark) }) {
                child.end(SIGKILL)
                say("\(engine): killed at \(child.lines.last ?? "")")
            }
            usleep(20_000)
        }
        let seconds = Stopwatch.milliseconds(since: start) / 1000
        return Outcome(lines: child.lines, seconds: seconds, memory: memory)
    }

    /// With the old passwords, and with none else.
    private func signIn() throws -> Int {
        try server.start()
        defer { server.stop() }
        let http = HTTPExchange(port: server.port)
        for user in source.sample {
            for (password, status) in [(user.password + "x", 401), (user.password, 200)] {
                let body = #"{"email":"\#(user.email)","password":"\#(password)"}"#
                let answer = http.send("POST", "/api/v1/auth/login", json: body)
                guard answer?.status == status else {
                    throw Problem("\(user.email): \(answer?.body ?? "no answer")")
                }
            }
        }
        return source.sample.count
    }

    private static func number(in text: String) -> Int? {
        text.split(separator: " ").lazy.compactMap { Int($0) }.first
    }

    private static func decimal(_ seconds: Double) -> String { String(format: "%.1f", seconds) }
}

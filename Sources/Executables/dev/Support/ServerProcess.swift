import Foundation

/// A server that a command starts, watches and ends; its output goes to a file.
final class ServerProcess {
    private let process = Process()
    private let log: String

    /// Where this build puts its programs: beside `dev` itself.
    static func path(of program: String) -> String {
        let own = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        return own.appending(path: program).path
    }

    init(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], log: String
    ) throws {
        self.log = log
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        let output = FileHandle(forWritingAtPath: log)
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    var id: Int32 { process.processIdentifier }

    /// Whether `path` answers 200 before twenty seconds are over; no when it has ended by then.
    func answers(_ path: String, port: Int) -> Bool {
        let http = HTTPExchange(port: port)
        for _ in 0..<2000 where process.isRunning {
            if http.send("GET", path)?.status == 200 { return true }
            usleep(10_000)
        }
        return false
    }

    /// Whether it accepts connections before twenty seconds are over.
    func listens(on port: Int) -> Bool {
        for _ in 0..<2000 where process.isRunning {
            if BlockingConnection(port: port, patience: .seconds(1)) != nil { return true }
            usleep(10_000)
        }
        return false
    }

    /// What it wrote last, to be shown when it does not do what it should.
    var lastWords: String {
        let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        let last = text.split(separator: "\n").last.map(String.init) ?? "it said nothing"
        return "\(last) (all of it in \(log))"
    }

    /// Asks it to end, and returns its status when it has.
    @discardableResult
    func stop() -> Int32 {
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Ends it as a power cut would, seen from the program: no handler runs.
    func killNow() {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}

import DatabaseTesting
import Foundation
import SQL

/// An `atrium serve` on a free port with a database of its own, for proofs.
///
/// Limits are off and hashing is cheap: the proofs are about other things, and a thousand sign-ups
/// from one address are what the limits are against.
final class TrialServer {
    static let settings = [
        "auth.password.bcryptCost=4", "auth.password.queueMax=1000", "limits.guards=false",
        "limits.traffic.isOn=false",
        "log.level=warn",
    ]

    let engine: Engine
    let port = LoopbackSocket.freePort()
    let directory: String
    let database: TestDatabase?
    /// What this trial sets beside `settings`; the later of two counts.
    private let extraSettings: [String]
    private let program: String
    private var process: ServerProcess?

    init(
        on engine: Engine = .sqlite, program: String? = nil, _ extraSettings: [String] = []
    ) throws {
        self.engine = engine
        self.extraSettings = extraSettings
        self.program = program ?? ServerProcess.path(of: "atrium")
        directory = NSTemporaryDirectory() + "atrium-trial-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
        database = engine == .postgres ? try TestDatabase(on: .postgres) : nil
    }

    /// Where SQLite keeps the data.
    var file: String { directory + "/data/atrium.db" }

    /// Where a browser of this machine finds it.
    var origin: String { "http://localhost:\(port)" }

    /// `more` are settings that could not be known before the port was.
    func start(with more: [String] = []) throws {
        let process = try ServerProcess(
            program,
            ["serve", "--http", "127.0.0.1:\(port)", "--data", directory + "/data"]
                + (Self.settings + extraSettings + more).flatMap { ["--set", $0] },
            environment: database.map { ["DATABASE_URL": $0.location] } ?? [:],
            log: directory + "/server.log")
        self.process = process
        guard process.answers("/health", port: port) else {
            throw Problem("atrium does not answer on \(engine): \(process.lastWords)")
        }
    }

    /// Zero while it does not run.
    var processID: Int32 { process?.id ?? 0 }

    @discardableResult
    func stop() -> Int32 { process?.stop() ?? 0 }

    func killNow() { process?.killNow() }

    func remove() {
        process?.killNow()
        database?.remove()
        try? FileManager.default.removeItem(atPath: directory)
    }
}

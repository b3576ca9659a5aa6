import Glibc
import Synchronization
import Testing

/// Processes of `atrium` on one database, each of which may be killed and started again.
final class AtriumServers: Sendable {
    private struct Running {
        var processes: [AtriumProcess] = []
        var ports: [Int] = []
    }

    private let database: String
    private let directory: String
    private let settings: [String]
    private let running = Mutex(Running())

    /// `database` is a URL; `directory` has the declared resources, and gets the data of each.
    init(
        _ database: String, _ directory: String, count: Int, settings: [String] = []
    ) throws {
        (self.database, self.directory, self.settings) = (database, directory, settings)
        for index in 0..<count { try start(index) }
    }

    var count: Int { running.withLock { $0.ports.count } }
    func port(_ number: Int) -> Int { running.withLock { $0.ports[number % $0.ports.count] } }

    private func start(_ index: Int) throws {
        // How long things take on a machine that runs all tests at once is not tested with them.
        let fixed = [
            "database.transactionTimeout=30s", "database.connectTimeout=30s",
            "database.waitTimeout=30s", "log.requests=false",
        ]
        let process = try AtriumProcess(
            [
                "serve", "--http", "127.0.0.1:0", "--data", "\(directory)/data\(index)",
                "--resources", directory,
            ] + (fixed + settings).flatMap { ["--set", $0] },
            variables: secrets.merging(["DATABASE_URL": database]) { $1 })
        let port = try process.port()
        running.withLock { running in
            if index < running.ports.count {
                (running.processes[index], running.ports[index]) = (process, port)
            } else {
                running.processes.append(process)
                running.ports.append(port)
            }
        }
    }

    /// Kills one in the midst of its work and starts it again.
    func restart(_ index: Int) throws {
        let process = running.withLock { $0.processes[index] }
        process.signal(SIGKILL)
        _ = process.end()
        try start(index)
    }

    func stop() {
        for process in takeAll() {
            process.signal(SIGTERM)
            #expect(process.end().status == 0)
        }
    }

    /// Nothing is left of a test that failed.
    deinit {
        for process in takeAll() {
            process.signal(SIGKILL)
            _ = process.end()
        }
    }

    private func takeAll() -> [AtriumProcess] {
        running.withLock { running in
            defer { running.processes = [] }
            return running.processes
        }
    }
}

import Glibc
import Measuring

/// Many connections that do nothing, and what each costs the program.
struct IdleConnections {
    static let count = 10_000
    /// Opened, used and closed before: what is allocated once is not counted.
    private static let warmUpCount = 500

    let port: Int
    let pid: pid_t
    /// Uses a new connection once; whether it did what it should.
    let open: (LoadConnection) -> Bool
    /// Whether a connection that has been held still does what it should.
    var ask: (LoadConnection) -> Bool

    init(
        port: Int, pid: pid_t, open: @escaping (LoadConnection) -> Bool,
        ask: ((LoadConnection) -> Bool)? = nil
    ) {
        (self.port, self.pid, self.open, self.ask) = (port, pid, open, ask ?? open)
    }

    func measure(_ row: String, _ what: String, atMost: Double? = nil) throws -> [BenchLine] {
        try Self.allowFiles(Self.count)
        _ = try hold(Self.warmUpCount)
        usleep(500_000)
        let before = Memory(of: pid)
        let held = try hold(Self.count)
        usleep(1_000_000)
        let after = Memory(of: pid)
        let alive = held.count { ask($0) }
        guard alive == Self.count else {
            throw Problem("only \(alive) of \(Self.count) connections still answer")
        }
        let each = Double(after.own - before.own) / Double(Self.count)
        let total =
            "\(Text.grouped(alive)) held and alive; resident "
            + "\(Text.decimal(Double(after.resident) / 1024, 1)) MB"
        return [BenchLine(row, what, each, "KB", digits: 2, atMost: atMost, beside: total)]
    }

    private func hold(_ count: Int) throws -> [LoadConnection] {
        try (0..<count).map { number in
            if number % 500 == 0 { try Interruption.check() }
            guard let connection = LoadConnection(port: port), open(connection) else {
                throw Problem("connection \(number + 1) of \(count) is not served")
            }
            return connection
        }
    }

    /// So many connections need as many open files.
    static func allowFiles(_ count: Int) throws {
        var limit = rlimit()
        let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        getrlimit(files, &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(files, &limit)
        guard limit.rlim_cur >= UInt(count + 200) else {
            throw Problem("this needs \(count + 200) open files: raise `ulimit -Hn`")
        }
    }
}

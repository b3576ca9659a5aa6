import Glibc
import Measuring

extension BenchRow {
    static let subscribers = BenchRow(
        name: "subscribers", what: "an event to 10,000 subscribers, and requests beside them"
    ) { bench in
        let run = try SubscriberRun(bench)
        defer { run.server.stop() }
        return try await run.measure()
    }
}

/// A server with one public resource, to whose rows 10,000 sockets listen.
private struct SubscriberRun {
    /// Opened and closed before: what is allocated once is not counted.
    private static let warmUpCount = 500

    let server: BenchServer
    private let bench: Bench
    private let token: String
    private let subscribers: Subscribers

    init(_ bench: Bench) throws {
        self.bench = bench
        let directory = bench.path("resources-live")
        guard mkdir(directory, 0o755) == 0 || errno == EEXIST else {
            throw Problem("cannot make \(directory)")
        }
        try TextFile.write(
            #"{name: "notices", owner: "none", rules: {read: "anyone"}, "#
                + #"fields: {text: {type: "text", required: true, length: [1, 100]}}}"#,
            to: directory + "/notices.json5")
        server = try BenchServer(bench, on: .sqlite, ["resources=\(directory)"])
        token = try server.signUp().accessToken
        subscribers = Subscribers(port: server.port, topic: "resources/notices")
    }

    func measure() async throws -> [BenchLine] {
        try IdleConnections.allowFiles(Subscribers.count)
        let plain = Wrk(port: server.port, path: "/api/auth/ok", pid: server.child.pid)
        _ = try plain.measure(bench, seconds: 1)
        var alone: [Sample] = []
        for _ in 0..<bench.rounds { alone.append(try plain.measure(bench)) }
        try subscribers.open(Self.warmUpCount)
        subscribers.leave()
        usleep(500_000)
        let before = Memory(of: server.child.pid)
        try subscribers.open(Subscribers.count)
        usleep(1_000_000)
        let after = Memory(of: server.child.pid)
        let each = Double(after.own - before.own) / Double(Subscribers.count)
        let quiet = try (0..<20).map { try publish($0) }.reduce(into: Latencies()) { $0 += $1 }
        var beside: [Sample] = []
        for round in 0..<bench.rounds { beside.append(try measureBeside(plain, round)) }
        let resident = Text.decimal(Double(after.resident) / 1024, 1)
        return [
            BenchLine(
                "subscribers", "event to \(Text.grouped(Subscribers.count)) subscribers, p99",
                quiet.percentile(99) ?? .infinity, "ms", atMost: 1000,
                beside: "p50 \(Text.decimal(quiet.percentile(50) ?? 0, 1)) ms, 20 events"),
            BenchLine(
                "subscribers", "idle subscriber", each, "KB", digits: 2, atMost: 4,
                beside: "resident \(resident) MB"),
            BenchLine(
                "subscribers", "plain JSON route beside an event a second", ours: Runs(beside),
                peer: Runs(alone), peerName: "alone", atLeast: 0.5),
        ]
    }

    /// Writes a row, and waits until all have heard of it.
    private func publish(_ number: Int) throws -> Latencies {
        try Interruption.check()
        let marker = "event \(number) of the bench"
        let connection = try server.connect()
        let start = Stopwatch.moment
        let answer = connection.send(
            "POST", "/api/v1/notices", fields: ["Authorization: Bearer \(token)"],
            json: #"{"text":"\#(marker)"}"#)
        guard answer?.status == 201 else {
            throw Problem("no row was made: \(answer?.body ?? "no answer")")
        }
        return try subscribers.hear(marker, since: start)
    }

    /// The load runs beside, while an event is published each second.
    private func measureBeside(_ plain: Wrk, _ round: Int) throws -> Sample {
        let load = try plain.start(bench, seconds: bench.seconds)
        for second in 0..<max(1, bench.seconds - 1) {
            _ = try publish(1000 * (round + 1) + second)
            usleep(1_000_000)
        }
        guard load.wait() else { throw Problem("wrk ended early") }
        // Their processor time is no plain request's.
        return Sample(rate: try plain.report(load.lines).rate)
    }
}

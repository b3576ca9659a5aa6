import CLinux
import DatabaseTesting
import Foundation
import Measuring
import SQL

extension BenchRow {
    static let start = BenchRow(name: "start", what: "from exec to the first 200") { bench in
        let starts = bench.rounds == 1 ? 3 : 20
        let new = try (0..<starts).map { _ in
            try Start(bench, data: bench.path("start-new")).run(keepsData: false)
        }
        let old = Start(bench, data: bench.path("start-old"))
        _ = try old.run(keepsData: true)
        let existing = try (0..<starts).map { _ in try old.run(keepsData: true) }
        return [
            BenchLine(
                "start", "start to first 200, median of \(starts)", median(existing), "ms",
                atMost: 25, beside: "slowest \(Text.decimal(existing.max() ?? 0, 1)) ms"),
            BenchLine(
                "start", "the same with a new database and keys", median(new), "ms",
                beside: "slowest \(Text.decimal(new.max() ?? 0, 1)) ms"),
        ]
    }

    static let memory = BenchRow(name: "memory", what: "resident memory, idle and under load") {
        bench in
        let server = try BenchServer(bench, on: .sqlite)
        defer { server.stop() }
        let idle = Memory(of: server.child.pid)
        try server.fill()
        let lookups = Wrk(
            port: server.port, path: "/api/auth/get-session",
            fields: ["Cookie: \(try server.signUp().cookie)"], pid: server.child.pid)
        let signIns = SignInLoad.wrk(server)
        let beside = try signIns.start(bench, seconds: bench.seconds)
        _ = try lookups.measure(bench)
        _ = beside.wait()
        let loaded = Memory(of: server.child.pid)
        return [
            BenchLine(
                "memory", "resident, idle", Double(idle.resident) / 1024, "MB", atMost: 25,
                beside: "written \(Text.decimal(Double(idle.own) / 1024, 1)) MB"),
            BenchLine(
                "memory", "resident at most, under load", Double(loaded.peak) / 1024, "MB",
                atMost: 60, beside: "written \(Text.decimal(Double(loaded.own) / 1024, 1)) MB"),
        ]
    }

    static let size = BenchRow(name: "size", what: "size of the program") { bench in
        let program = ServerProcess.path(of: "atrium")
        let stripped = bench.path("stripped")
        _ = try Child.output(of: ["strip", "-o", stripped, program], log: bench.path("strip.log"))
        return [
            BenchLine("size", "program, as built", try megabytes(program), "MB"),
            BenchLine("size", "program, stripped", try megabytes(stripped), "MB"),
        ]
    }

    private static func megabytes(_ path: String) throws -> Double {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return Double((attributes[.size] as? Int) ?? 0) / 1_048_576
    }

    static let build = BenchRow(
        name: "build", what: "a release build from nothing", isOptional: true
    ) { bench in
        let start = linux_monotonic_nanoseconds()
        _ = try Child.output(
            of: [
                "swift", "build", "-c", "release", "--static-swift-stdlib", "--product", "atrium",
                "--scratch-path",
                bench.path("build"),
            ], log: bench.path("build.log"))
        let seconds = Stopwatch.milliseconds(since: start) / 1000
        return [BenchLine("build", "clean release build", seconds, "s", atMost: 120)]
    }
}

/// One start: spawned, asked until it answers, ended in order.
private struct Start {
    let bench: Bench
    let data: String

    init(_ bench: Bench, data: String) {
        self.bench = bench
        self.data = data
    }

    /// Milliseconds from before the spawn to the whole answer. Asks again every 0.2 ms.
    func run(keepsData: Bool) throws -> Double {
        try Interruption.check()
        let port = LoopbackSocket.freePort()
        let begin = linux_monotonic_nanoseconds()
        let child = try BenchServer.spawn(
            port: port, data: data, database: nil, log: bench.path("start.log"))
        defer {
            child.end()
            if !keepsData { try? FileManager.default.removeItem(atPath: data) }
        }
        while Stopwatch.milliseconds(since: begin) < 10_000 {
            if LoadConnection(port: port)?.send("GET", "/health")?.status == 200 {
                return Stopwatch.milliseconds(since: begin)
            }
            usleep(200)
        }
        throw Problem("atrium does not answer: \(child.lines.last ?? "no word")")
    }
}

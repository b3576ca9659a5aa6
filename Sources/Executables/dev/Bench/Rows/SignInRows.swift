import CCrypt
import DatabaseTesting
import Foundation
import Measuring
import SQL
import Synchronization

extension BenchRow {
    static let signIn = BenchRow(
        name: "sign-in", what: "sign-in by password, beside bcrypt in a loop on every core"
    ) { bench in
        let server = try BenchServer(bench, on: .sqlite)
        defer { server.stop() }
        _ = try server.signUp()
        let load = SignInLoad.wrk(server)
        _ = try load.measure(bench, seconds: 1)
        let runs = try await bench.alternate([
            ("Atrium", { try load.measure(bench) }), ("bcrypt", { try RawBcrypt.measure(bench) }),
        ])
        return [
            BenchLine(
                "sign-in", "sign-in, bcrypt 10", ours: runs[0], peer: runs[1],
                peerName: "bcrypt on \(Bench.cores) threads", atLeast: 0.95)
        ]
    }

    static let sessionBesideSignIns = BenchRow(
        name: "session-busy", what: "session lookups while sign-ins keep the hashing pool full"
    ) { bench in
        let server = try BenchServer(bench, on: .sqlite)
        defer { server.stop() }
        try server.fill()
        let lookups = Wrk(
            port: server.port, path: "/api/auth/get-session",
            fields: ["Cookie: \(try server.signUp().cookie)"], pid: server.child.pid)
        _ = try lookups.measure(bench, seconds: 1)
        var hashes: [Double] = []
        let runs = try await bench.alternate([
            (
                "beside sign-ins",
                {
                    let load = SignInLoad.wrk(server)
                    let beside = try load.start(bench, seconds: bench.seconds + 1)
                    usleep(500_000)
                    let sample = try lookups.measure(bench)
                    guard beside.wait() else { throw Problem("wrk ended early") }
                    hashes.append(try load.report(beside.lines).rate)
                    // Their processor time is no lookup's.
                    return Sample(rate: sample.rate)
                }
            ), ("alone", { try lookups.measure(bench) }),
        ])
        return [
            BenchLine(
                "session-busy", "session lookup beside \(Text.rate(median(hashes))) sign-ins",
                ours: runs[0], peer: runs[1], peerName: "alone", atLeast: 0.5)
        ]
    }
}

/// Sixteen clients that sign in one time after the other: more than cores, fewer than may wait.
enum SignInLoad {
    static func wrk(_ server: BenchServer) -> Wrk {
        Wrk(
            port: server.port, path: "/api/v1/auth/login", connections: 16, threads: 1,
            json: #"{"email":"\#(BenchServer.email)","password":"\#(BenchServer.password)"}"#,
            pid: server.child.pid)
    }
}

/// libxcrypt's bcrypt and nothing around it, one thread on each core.
private enum RawBcrypt {
    private static let setting = "$2b$10$abcdefghijklmnopqrstuu"

    static func measure(_ bench: Bench) throws -> Sample {
        let rates = Mutex<[Double]>([])
        let seconds = bench.seconds
        DispatchQueue.concurrentPerform(iterations: Bench.cores) { _ in
            let rate = hash(for: seconds)
            rates.withLock { $0.append(rate) }
        }
        return Sample(rate: rates.withLock { $0.reduce(0, +) })
    }

    private static func hash(for seconds: Int) -> Double {
        let count = MemoryLayout<crypt_data>.size
        let work = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 16)
        defer { work.deallocate() }
        work.initializeMemory(as: UInt8.self, repeating: 0, count: count)
        var stopwatch = Stopwatch(seconds: seconds)
        while !stopwatch.isOver { _ = crypt_rn(BenchServer.password, setting, work, Int32(count)) }
        return stopwatch.rate
    }
}

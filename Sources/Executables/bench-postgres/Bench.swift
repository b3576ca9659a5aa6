import DatabaseTesting
import Glibc
import Loop
import PostgresStore
import SQL
import Synchronization

/// Runs both sides in turns and prints a line for each.
struct Bench {
    let seconds: Int
    let clients: Int
    private let cluster: PostgresCluster
    private let url: String
    private let loops = EventLoopGroup(count: 2)

    init(seconds: Int, clients: Int) throws {
        self.seconds = seconds
        self.clients = clients
        cluster = try PostgresCluster()
        url = try cluster.makeDatabase()
        try cluster.run(Workload.schema, in: database)
        loops.start()
    }

    private var database: String {
        String(url.split(separator: "/")[1].prefix { $0 != "?" })
    }

    func run(rounds: Int) async throws {
        let store = try await PostgresStore.open(PostgresOptions(url: url), loops: loops)
        for workload in Workload.allCases {
            var ratios: [Double] = []
            for _ in 0..<rounds {
                let theirs = pgbench(workload)
                let ours = await measure(workload, on: store)
                ratios.append(ours.rate / max(theirs.rate, 1))
                print("\(workload)  pgbench \(theirs)  ours \(ours)")
            }
            ratios.sort()
            print("\(workload)  ratio \(ratios.map { rounded($0, 2) }), median ", terminator: "")
            print(rounded(ratios[ratios.count / 2], 2))
        }
        print(await store.counts)
        await store.close()
    }

    // MARK: Ours

    private func measure(_ workload: Workload, on store: PostgresStore) async -> Sample {
        let tally = Tally()
        let before = Usage(of: cluster)
        let start = await elapsed
        let loops = loops
        let seconds = seconds
        await withDiscardingTaskGroup { group in
            for client in 0..<clients {
                let loop = loops.loops[client % loops.loops.count]
                group.addTask(executorPreference: loop) {
                    var number = client
                    while !tally.isOver.load(ordering: .relaxed) {
                        number = (number &* 1_103_515_245 &+ 12345) & 0x7FFF_FFFF
                        tally.add(await workload.runOnce(on: store, number))
                    }
                }
            }
            group.addTask(executorPreference: loops.loops[0]) {
                try? await loops.loops[0].sleep(for: .seconds(seconds))
                tally.isOver.store(true, ordering: .relaxed)
            }
        }
        let count = tally.done.load(ordering: .relaxed)
        return Sample(
            count: count, failed: tally.failed.load(ordering: .relaxed),
            seconds: await elapsed - start,
            usage: Usage(of: cluster) - before)
    }

    /// Seconds by a loop's clock.
    private var elapsed: Double {
        get async {
            let loop = loops.loops[0]
            return await loop.spawn { loop.now / .seconds(1) }.value
        }
    }

    // MARK: pgbench

    private func pgbench(_ workload: Workload) -> Sample {
        let script = cluster.directory + "/pgbench.sql"
        guard let file = fopen(script, "w") else { return .none }
        fputs(workload.script, file)
        fclose(file)
        let before = Usage(of: cluster)
        let command = """
            \(PostgresCluster.binaries ?? "")/pgbench -n -M prepared -c \(clients) -j 2 \
            -T \(seconds) -f \(script) -h \(cluster.directory) -U atrium \(database) 2>&1
            """
        let output = lines(of: command)
        let usage = Usage(of: cluster) - before
        func number(after label: String) -> Double {
            output.first { $0.hasPrefix(label) }.flatMap {
                Double($0.dropFirst(label.count).prefix { "0123456789.".contains($0) })
            } ?? 0
        }
        let count = number(after: "number of transactions actually processed: ")
        let rate = number(after: "tps = ")
        return Sample(
            count: Int(count), failed: 0, seconds: rate > 0 ? count / rate : 1, usage: usage)
    }

    private func lines(of command: String) -> [String] {
        guard let pipe = popen(command, "r") else { return [] }
        defer { pclose(pipe) }
        var lines: [String] = []
        var buffer = [CChar](repeating: 0, count: 4096)
        while fgets(&buffer, 4096, pipe) != nil {
            let end = buffer.firstIndex(of: 0) ?? 0
            lines.append(
                String(decoding: buffer[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self))
        }
        return lines
    }
}

/// What many tasks count together.
private final class Tally: Sendable {
    let done = Atomic(0)
    let failed = Atomic(0)
    let isOver = Atomic(false)

    func add(_ isFine: Bool) {
        if isFine {
            done.add(1, ordering: .relaxed)
        } else {
            failed.add(1, ordering: .relaxed)
        }
    }
}

/// What one run gave.
struct Sample: CustomStringConvertible {
    let count: Int
    let failed: Int
    let seconds: Double
    let usage: Usage

    static let none = Sample(count: 0, failed: 0, seconds: 1, usage: Usage(client: 0, server: 0))

    var rate: Double { Double(count) / seconds }

    var description: String {
        func microseconds(_ seconds: Double) -> Double {
            rounded(seconds * 1e6 / Double(max(count, 1)), 1)
        }
        return "\(Int(rate))/s (us CPU: client \(microseconds(usage.client)), "
            + "PostgreSQL \(microseconds(usage.server)), failed \(failed))"
    }
}

func rounded(_ value: Double, _ digits: Int) -> Double {
    let scale = digits == 1 ? 10.0 : 100.0
    return (value * scale).rounded() / scale
}

import DatabaseTesting
import Foundation
import Measuring
import SQL

/// What rows share: how long and how often, a directory that goes when the run ends, and a
/// PostgreSQL that starts when the first row asks for it.
final class Bench {
    let seconds: Int
    let rounds: Int
    /// In the clone, on the disk that a user would use: a memory file system syncs for nothing.
    let directory: String
    private var startedCluster: PostgresCluster?

    static let cores = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))

    init(seconds: Int, rounds: Int) throws {
        self.seconds = seconds
        self.rounds = rounds
        directory = FileManager.default.currentDirectoryPath + "/.build/bench-\(getpid())"
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
    }

    func remove() {
        startedCluster = nil
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// One that syncs its log to a disk, as a real one does.
    var cluster: PostgresCluster {
        get throws {
            if let startedCluster { return startedCluster }
            let cluster = try PostgresCluster(isDurable: true)
            startedCluster = cluster
            return cluster
        }
    }

    func path(_ name: String) -> String { "\(directory)/\(name)" }

    /// Each side in turn, `rounds` times. What each is called is shown as it runs.
    func alternate(_ sides: [(name: String, run: () async throws -> Sample)]) async throws
        -> [Runs]
    {
        var samples = sides.map { _ in [Sample]() }
        for round in 1...rounds {
            for (index, side) in sides.enumerated() {
                try Interruption.check()
                let sample = try await side.run()
                say(
                    "  \(round) of \(rounds)  \(side.name.padded(to: 24)) \(Text.rate(sample.rate))"
                )
                samples[index].append(sample)
            }
        }
        return samples.map(Runs.init)
    }
}

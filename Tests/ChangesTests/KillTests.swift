import Bus
import DatabaseTesting
import Glibc
import Loop
import SQL
import Synchronization
import Testing
import Values

@testable import Changes

/// Processes that are killed on the way of a change: none is lost, none doubled, none out of order.
struct KillTests {
    /// Another node is at work all the while, and somebody follows.
    @Test(
        .enabled(if: PostgresCluster.isExpected),
        arguments: Moment.allCases, [1, 17])
    func `a node that is killed on PostgreSQL leaves what another brings to its end`(
        at moment: Moment, occurrence: Int
    ) async throws {
        let place = try TestDatabase(on: .postgres)
        defer { place.remove() }
        try await withNodes(2, at: place) { nodes, loop in
            let follower = try await Follower(nodes[1], on: loop)
            try await nodes[0].sequencer.start(on: loop)
            let acknowledged = try await killed(
                place.engine.rawValue, place.location, at: moment, occurrence)
            try await nodes[0].numberAll()
            await nodes[0].sequencer.stop()
            let read = try await follower.end()
            let writes = try await nodes[0].database.all(Thing.all)
            #expect(Verdict(read, of: writes).problems == [])
            #expect(Set(acknowledged).subtracting(writes) == [])
        }
    }

    @Test(arguments: Moment.writing, [1, 40])
    func `a process that is killed on SQLite leaves a row and its changes alike`(
        at moment: Moment, occurrence: Int
    ) async throws {
        let place = try TestDatabase(on: .sqlite)
        defer { place.remove() }
        try await withNodes(1, at: place) { _, _ in }
        let acknowledged = try await killed(
            place.engine.rawValue, place.location, at: moment, occurrence)
        try await withNodes(1, at: place) { nodes, _ in
            let writes = try await nodes[0].database.all(Thing.all)
            #expect(try await Verdict(of: nodes[0]).problems == [])
            #expect(Set(acknowledged).subtracting(writes) == [])
            try await nodes[0].write("row0")
            #expect(try await Verdict(of: nodes[0]).problems == [])
        }
    }

    /// Runs a process that writes until it comes to the moment for the nth time, and returns which
    /// writes it was told of.
    private func killed(
        _ engine: String, _ location: String, at moment: Moment, _ occurrence: Int
    ) async throws -> [Written] {
        let result = try await #require(
            processExitsWith: .signal(SIGKILL), observing: [\.standardOutputContent]
        ) { [engine, location, moment, occurrence] in
            try await DoomedProcess(engine, location, moment, occurrence).run()
        }
        let output = String(decoding: result.standardOutputContent, as: UTF8.self)
        return output.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count == 3, words[0] == "written", let version = Int64(words[2]) else {
                return nil
            }
            return Written(String(words[1]), version)
        }
    }
}

/// What a killed process does until then: a node whose writers say what they were told.
struct DoomedProcess {
    let place: TestDatabase
    let moment: Moment
    let occurrence: Int

    init(_ engine: String, _ location: String, _ moment: Moment, _ occurrence: Int) throws {
        place = TestDatabase(
            engine: try #require(Engine(rawValue: engine)), location: location)
        (self.moment, self.occurrence) = (moment, occurrence)
    }

    func run() async throws {
        let loops = EventLoopGroup(count: 2)
        loops.start()
        let left = Countdown(occurrence)
        let moment = moment
        let node = try await Node(place, loops) { reached in
            if reached == moment, left.takeOne() == 0 { kill(getpid(), SIGKILL) }
        }
        let loop = loops.any
        try await loop.spawn(throwing: {
            try await node.sequencer.start(on: loop)
            for seed in 1...50 {
                await Writing(database: node.database, log: node.log, seed: seed) { write in
                    let line = "written \(write.id) \(write.version)\n"
                    Glibc.write(STDOUT_FILENO, line, line.utf8.count)
                }.run(on: loop)
            }
        }).value
    }
}

/// Counts down for many tasks.
final class Countdown: Sendable {
    private let count: Atomic<Int>

    init(_ count: Int) { self.count = Atomic(count) }

    func takeOne() -> Int { count.subtract(1, ordering: .relaxed).newValue }
}

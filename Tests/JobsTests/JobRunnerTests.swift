import Bus
import DatabaseTesting
import SQL
import Testing
import Values

@testable import Jobs

struct JobRunnerTests {
    @Test(arguments: Engine.tested)
    func `a job comes with its transaction or not at all`(on engine: Engine) async throws {
        try await withNodes(on: engine) { databases, _ in
            let (queue, clock, notes) = (JobQueue(databases[0]), MovableClock(), Notes())
            let runner = JobRunner(
                queue, clock, JobHandler("test.note") { job, _ in notes.add(job.payload) })
            await #expect(throws: Broken.self) {
                try await databases[0].transaction { transaction in
                    try await queue.insert("test.note", at: clock.now, in: transaction) { _ in "a" }
                    throw Broken()
                }
            }
            #expect(try await runner.runDue() == 0)
            try await databases[0].transaction { transaction in
                try await queue.insert("test.note", at: clock.now, in: transaction) { _ in "b" }
            }
            #expect(try await runner.runDue() == 1)
            #expect(try await runner.runDue() == 0)
            #expect(notes.all == ["b"])
            #expect(try await queue.list(.done).map(\.tries) == [1])
        }
    }

    @Test(arguments: Engine.tested)
    func `of nodes that race each job is one's`(on engine: Engine) async throws {
        try await withNodes(on: engine) { databases, _ in
            let (clock, notes) = (MovableClock(), Notes())
            let queues = databases.map { JobQueue($0) }
            for number in 0..<60 { try await queues[0].add("\(number)", at: clock.now) }
            try await withThrowingTaskGroup { group in
                for task in 0..<8 {
                    let runner = JobRunner(
                        queues[task % 2], clock,
                        JobHandler("test.note") { job, _ in notes.add(job.payload) })
                    group.addTask { try await runner.runDue() }
                }
                for try await _ in group {}
            }
            #expect(notes.all.count == 60)
            #expect(Set(notes.all).count == 60)
        }
    }

    @Test(arguments: Engine.tested)
    func `a job of a node that died is another's when its lease has ended`(
        on engine: Engine
    ) async throws {
        try await withNodes(on: engine) { databases, _ in
            let (clock, notes) = (MovableClock(), Notes())
            let (dead, alive) = (JobQueue(databases[0]), JobQueue(databases[1]))
            try await dead.add("a", at: clock.now)
            let held = try #require(try await dead.claim(at: clock.now))
            let runner = JobRunner(
                alive, clock,
                JobHandler("test.note") { job, _ in notes.add("\(job.payload) \(job.tries)") })
            clock.advance(by: Job.leaseLength - .seconds(1))
            #expect(try await runner.runDue() == 0)
            #expect(try await alive.list(.ready).map(\.isHeld) == [true])
            clock.advance(by: .seconds(1))
            #expect(try await runner.runDue() == 1)
            #expect(notes.all == ["a 2"])
            // What the first one says now does not count.
            try await databases[0].execute(
                Job.postpone, held.job.id, held.lease, clock.now, "late")
            #expect(
                try await databases[0].first(
                    Job.end, held.job.id, held.lease, JobState.dead, clock.now, "late") == nil)
            #expect(try await alive.list(.done).map(\.error) == [nil])
        }
    }

    @Test(arguments: Engine.tested)
    func `a job that fails is tried again later and later, then put aside`(
        on engine: Engine
    ) async throws {
        try await withNodes(on: engine) { databases, _ in
            let (queue, clock, notes) = (JobQueue(databases[0]), MovableClock(), Notes())
            let runner = JobRunner(
                queue, clock,
                JobHandler("test.note", triesMax: 4) { _, _ in
                    notes.add("try")
                    throw Broken()
                })
            try await queue.add("a", at: clock.now)
            var waited: [Duration] = []
            for _ in 0..<3 {
                #expect(try await runner.runDue() == 1)
                let next = try #require(try await queue.list(.ready).first?.runAt)
                waited.append(next - clock.now)
                clock.advance(by: next - clock.now - .microseconds(1))
                #expect(try await runner.runDue() == 0)
                clock.advance(by: .microseconds(1))
            }
            for (number, delay) in waited.enumerated() {
                let full = Duration.seconds(15 << number)
                #expect(delay >= full / 2 && delay <= full)
            }
            #expect(try await runner.runDue() == 1)
            let dead = try #require(try await queue.list(.dead).first)
            #expect(dead.tries == 4)
            #expect(dead.error == "Broken()")
            clock.advance(by: .days(1))
            #expect(try await runner.runDue() == 0)
            #expect(notes.all.count == 4)
        }
    }

    @Test(arguments: Engine.tested)
    func `what was put aside can be put back, one or all`(on engine: Engine) async throws {
        try await withNodes(on: engine) { databases, _ in
            let (queue, clock, notes) = (JobQueue(databases[0]), MovableClock(), Notes())
            let refusing = JobRunner(
                queue, clock,
                JobHandler("test.note") { _, _ in throw JobRefusal("never\u{0}\nso") })
            for payload in ["a", "b", "c"] { try await queue.add(payload, at: clock.now) }
            #expect(try await refusing.runDue() == 3)
            let dead = try await queue.list(.dead)
            #expect(dead.map(\.error) == Array(repeating: "never  so", count: 3))
            #expect(try await queue.retry(dead[0].id, at: clock.now) == 1)
            #expect(try await queue.retry(dead[0].id, at: clock.now) == 0)
            #expect(try await queue.retry(nil, at: clock.now) == 2)
            let runner = JobRunner(
                queue, clock, JobHandler("test.note") { job, _ in notes.add(job.payload) })
            #expect(try await runner.runDue() == 3)
            #expect(notes.all.sorted() == ["a", "b", "c"])
        }
    }

    @Test(arguments: Engine.tested)
    func `a job that kills its node is put aside in the end`(on engine: Engine) async throws {
        try await withNodes(on: engine) { databases, _ in
            let (queue, clock) = (JobQueue(databases[0]), MovableClock())
            let runner = JobRunner(queue, clock, JobHandler("test.note", triesMax: 2) { _, _ in })
            try await queue.add("a", at: clock.now)
            for _ in 0..<2 {
                #expect(try await queue.claim(at: clock.now) != nil)
                clock.advance(by: Job.leaseLength)
            }
            #expect(try await runner.runDue() == 1)
            #expect(try await queue.list(.dead).map(\.error) == ["its node ended before it did"])
        }
    }

    @Test(arguments: Engine.tested)
    func `what a node cannot end before it stops is given back, and was no try`(
        on engine: Engine
    ) async throws {
        try await withNodes(on: engine) { databases, loop in
            let (queue, clock) = (JobQueue(databases[0]), MovableClock())
            let (begun, started) = AsyncStream.makeStream(of: Void.self)
            let runner = JobRunner(
                queue, clock,
                JobHandler("test.note") { _, _ in
                    started.yield()
                    try await loop.sleep(for: .hours(1))
                })
            try await queue.add("a", at: clock.now)
            try await runner.start(on: loop)
            for await _ in begun { break }
            await runner.stop(on: loop, within: .zero)
            let left = try #require(try await queue.list(.ready).first)
            #expect(left.tries == 0)
            #expect(!left.isHeld)
            #expect(left.runAt == clock.now)
        }
    }

    @Test(arguments: Engine.tested)
    func `what recurs is one node's in each interval`(on engine: Engine) async throws {
        try await withNodes(on: engine) { databases, _ in
            let (clock, notes) = (MovableClock(), Notes())
            let runners = databases.map { database in
                JobRunner(
                    JobQueue(database),
                    [JobHandler("test.daily") { _, _ in notes.add("daily") }],
                    [Recurring("test.daily", every: .days(1))], clock: clock.clock, logger: .none)
            }
            for day in 1...3 {
                try await withThrowingTaskGroup { group in
                    for task in 0..<8 {
                        group.addTask {
                            try await runners[task % 2].beginRecurring()
                            try await runners[task % 2].runDue()
                        }
                    }
                    for try await _ in group {}
                }
                #expect(notes.all.count == day)
                clock.advance(by: .days(1))
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `what was done a week ago is forgotten, what was put aside is not`(
        on engine: Engine
    ) async throws {
        try await withNodes(on: engine) { databases, _ in
            let (queue, clock) = (JobQueue(databases[0]), MovableClock())
            let runner = JobRunner(
                queue, clock, JobHandler("test.note") { _, _ in },
                JobHandler("test.refused") { _, _ in throw JobRefusal("no") })
            try await queue.add("a", at: clock.now)
            try await queue.add("b", kind: "test.refused", at: clock.now)
            #expect(try await runner.runDue() == 2)
            clock.advance(by: .days(8))
            try await runner.beginRecurring()
            #expect(try await runner.runDue() == 1)
            #expect(try await queue.list(.done).map(\.kind) == ["jobs.delete-ended"])
            #expect(try await queue.list(.dead).map(\.kind) == ["test.refused"])
        }
    }

    @Test(arguments: Engine.tested)
    func `a node hears of a job at once, and ends what it has begun before it stops`(
        on engine: Engine
    ) async throws {
        try await withNodes(on: engine) { databases, loop in
            let (bus, clock, notes) = (InProcessBus(), MovableClock(), Notes())
            let queue = JobQueue(databases[0], bus)
            let (begun, started) = AsyncStream.makeStream(of: Void.self)
            let runner = JobRunner(
                queue, clock,
                JobHandler("test.note") { job, _ in
                    started.yield()
                    for _ in 0..<100 { await Task.yield() }
                    notes.add(job.payload)
                })
            try await runner.start(on: loop)
            try await queue.add("a", at: clock.now)
            await queue.wake()
            for await _ in begun { break }
            await runner.stop(on: loop)
            #expect(notes.all == ["a"])
            #expect(try await queue.list(.done).count == 1)
        }
    }
}

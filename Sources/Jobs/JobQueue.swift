import Bus
import SQL
import Values

/// Where jobs are put in, looked at and put back.
package struct JobQueue: Sendable {
    static let topic = "jobs"
    /// Jobs that one list shows.
    package static let listMax = 200
    /// For so long the jobs that were done are kept, and those put aside.
    static let doneKept: Duration = .days(7)
    static let deadKept: Duration = .days(90)

    package let database: any Database
    let bus: any Bus
    let randomness: Randomness

    package init(_ database: any Database, _ bus: any Bus, _ randomness: Randomness) {
        self.database = database
        self.bus = bus
        self.randomness = randomness
    }

    /// Puts a job in together with what caused it. Call `wake` after the commit; a job that nobody is
    /// told of is found half a minute later.
    package func insert(
        _ kind: String, at now: Instant, in transaction: any StatementRunner,
        payload: (ID<Job>) -> String
    ) async throws {
        let id = ID<Job>(at: now, from: randomness)
        try await transaction.execute(Job.insert, id, kind, payload(id), now, now)
    }

    /// Takes out what a job was given, once that is of no use: a secret, or who it was for. A job that is
    /// done again finds nothing.
    package func clear(_ id: ID<Job>, in transaction: any StatementRunner) async throws {
        try await transaction.execute(Job.clear, id)
    }

    /// Tells all nodes that there is something to do.
    package func wake() async {
        try? await bus.publish(Self.topic, "")
    }

    /// Newest first; of all states, unless one is named.
    package func list(_ state: JobState?) async throws -> [ListedJob] {
        guard let state else { return try await database.all(Job.listAll, Self.listMax) }
        return try await database.all(Job.list, state, Self.listMax)
    }

    /// The newest of a kind, whatever became of them.
    package func newest(_ kind: String, limit: Int) async throws -> [RecordedJob] {
        try await database.all(Job.newest, kind, limit)
    }

    package func find(_ id: ID<Job>, _ kind: String) async throws -> RecordedJob? {
        try await database.first(Job.find, id, kind)
    }

    /// Puts back what was put aside: one, or all. Returns how many.
    package func retry(_ id: ID<Job>?, at now: Instant) async throws -> Int {
        let found =
            if let id {
                try await database.all(Job.retry, id, now)
            } else {
                try await database.all(Job.retryAll, now)
            }
        if !found.isEmpty { await wake() }
        return found.count
    }

    // MARK: Taking jobs

    func claim(at now: Instant) async throws -> (job: Job, lease: ID<Lease>)? {
        let lease = ID<Lease>(at: now, from: randomness)
        let job = try await database.first(Job.claim, lease, now, now + Job.leaseLength)
        return job.map { (job: $0, lease: lease) }
    }

    /// Puts a job in for each interval that has begun and that no other node has begun.
    func begin(_ recurring: [Recurring], at now: Instant) async throws {
        for one in recurring {
            try await database.transaction { transaction in
                let next = now + one.interval
                guard try await transaction.first(Job.beginInterval, one.kind, now, next) != nil
                else { return }
                try await insert(one.kind, at: now, in: transaction) { _ in "" }
            }
        }
    }

    /// Forgets what ended long ago.
    func deleteEnded(at now: Instant) async throws {
        try await database.execute(Job.deleteEnded, JobState.done, now - Self.doneKept)
        try await database.execute(Job.deleteEnded, JobState.dead, now - Self.deadKept)
    }
}

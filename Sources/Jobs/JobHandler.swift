import Values

// Work that outlives its request. A job is a row that is written with what caused it; some node takes
// it under a lease, does it, and takes it off. What fails is tried again, later and later, and in the
// end put aside for somebody to look at. A node that dies loses its lease, and another takes over: so
// a job is done at least once, and what does it must not mind being asked twice.

/// What does the jobs of one kind.
package struct JobHandler: Sendable {
    /// `mail.send`: the module's name, a dot, a verb.
    package let kind: String
    /// After so many tries a job is put aside.
    package let triesMax: Int
    /// Ends within `Job.leaseLength`. What it throws is a failed try, and `JobRefusal` the last one.
    package let run: @Sendable (Job, Instant) async throws -> Void

    package init(
        _ kind: String, triesMax: Int = 12,
        run: @escaping @Sendable (Job, Instant) async throws -> Void
    ) {
        self.kind = kind
        self.triesMax = triesMax
        self.run = run
    }
}

extension JobHandler {
    /// Does a part of some work again and again, until `part` says that there is no more of it, and so often
    /// at most: a job has a lease to keep. The next job goes on.
    package static func inParts(
        atMost count: Int, _ part: () async throws -> Bool
    ) async throws {
        for _ in 0..<count {
            try Task.checkCancellation()
            guard try await part() else { return }
        }
    }
}

/// No further try will do better: the job is put aside at once.
package struct JobRefusal: Error, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

/// Work that comes again: a job of `kind`, at most one in each interval, whichever node is first.
package struct Recurring: Sendable {
    package let kind: String
    package let interval: Duration

    package init(_ kind: String, every interval: Duration) {
        self.kind = kind
        self.interval = interval
    }
}

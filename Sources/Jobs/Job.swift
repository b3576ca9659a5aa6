import SQL
import Values

/// A job as a node has taken it.
package struct Job: RowDecodable {
    /// For so long nobody else takes a job that somebody has.
    package static let leaseLength: Duration = .seconds(120)

    package let id: ID<Job>
    package let kind: String
    /// What its handler made of it when it was put in.
    package let payload: String
    /// This one included.
    package let tries: Int

    package init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        kind = try row.next()
        payload = try row.next()
        tries = try row.next()
    }
}

/// One holding of a job: what a node that lost it writes afterwards does not count.
package enum Lease {}

/// Where a job stands.
package enum JobState: String, SQLValue, CaseIterable {
    /// Due at its `run_at`. One that is being done is due when its lease ends.
    case ready
    case done
    /// Put aside after its last try.
    case dead
}

/// A job as it is listed: everything but the payload, which may be secret.
package struct ListedJob: RowDecodable {
    package let id: ID<Job>
    package let kind: String
    package let state: JobState
    package let isHeld: Bool
    package let tries: Int
    package let runAt: Instant
    package let createdAt: Instant
    package let error: String?

    package init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        kind = try row.next()
        state = try row.next()
        isHeld = try row.next()
        tries = try row.next()
        runAt = try row.next()
        createdAt = try row.next()
        error = try row.next()
    }
}

/// A job of one kind with its payload, for whoever can read that.
package struct RecordedJob: RowDecodable {
    package let id: ID<Job>
    package let payload: String
    package let state: JobState
    package let createdAt: Instant
    package let error: String?

    package init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        payload = try row.next()
        state = try row.next()
        createdAt = try row.next()
        error = try row.next()
    }
}

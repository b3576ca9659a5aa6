import Loop

/// The bounds of an SQLite database. Each has a reason to be what it is: see the measurements in
/// docs/decisions.
package struct SQLiteOptions: Sendable {
    /// How long a writer waits for another process that holds the lock; then all that wait are
    /// refused with `.busy`.
    package var busyTimeout: Duration = .seconds(5)
    /// Writes that wait or run; one more is refused with `.busy`.
    package var writesMax = 1024
    /// Writes that share one commit.
    package var batchJobsMax = 256
    /// A batch older than this takes no more jobs.
    package var batchTimeMax: Duration = .milliseconds(5)
    /// A transaction's body that takes longer is rolled back with `.busy`.
    package var bodyTimeMax: Duration = .milliseconds(250)
    /// A read on an event loop that takes longer moves to the pool.
    package var pointTimeMax: Duration = .milliseconds(2)
    /// A read on the pool that takes longer is stopped with `.timeout`.
    package var scanTimeMax: Duration = .seconds(30)
    package var readThreads = min(4, max(2, EventLoopGroup.coreCount))
    /// Reads that wait for a thread; one more is refused with `.busy`.
    package var readsMax = 256
    /// Pages of 4 KB in the log from which the writer moves them to the database.
    package var checkpointPages = 4000
    /// Page cache of each connection.
    package var cacheBytes = 8 << 20
    /// Part of the file that is read through the page tables, without copies.
    package var mappedBytes = 256 << 20
    /// Whether an acknowledged write survives power loss. Off only for tests.
    package var isDurable = true

    package init() {}
}

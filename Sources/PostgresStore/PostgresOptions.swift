/// How a store connects, and its limits.
package struct PostgresOptions: Sendable {
    /// A libpq connection string: `postgres://user:password@host:5432/name?sslmode=verify-full`.
    /// TLS is libpq's: `sslmode`, `sslrootcert` and the rest are its parameters.
    package var url: String
    /// Shown in `pg_stat_activity`.
    package var applicationName = "atrium"
    /// Connections for writes, long reads and transactions, opened when they are needed. One more
    /// for short reads is always open. Both count for each loop and each node: keep the sum below
    /// the server's `max_connections`.
    package var writeLinksPerLoop = 8
    /// How long one attempt to connect may take, and how long `open` tries.
    package var connectTimeout: Duration = .seconds(5)
    /// How long a statement waits for a connection.
    package var waitTimeout: Duration = .seconds(5)
    /// How many statements of one loop may wait; more are `.busy`.
    package var queueLimit = 4096
    /// How long the server works on one statement; none when zero.
    package var statementTimeout: Duration = .seconds(30)
    /// How long a transaction's body may take.
    package var transactionTimeout: Duration = .milliseconds(250)

    package init(url: String) {
        self.url = url
    }
}

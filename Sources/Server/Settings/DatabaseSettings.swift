import Coding
import Values

/// The `database` section.
package struct DatabaseSettings: Codable, Sendable {
    /// When migrations run.
    package enum Migrate: String, Codable, CaseIterable, Sendable {
        case auto, check
    }

    /// `postgres://user:password@host:5432/name` with libpq's parameters (`?sslmode=verify-full`),
    /// or `sqlite:FILE`. Without it: the file `atrium.db` in the data directory.
    package var url: DatabaseURL?
    /// `auto` migrates when the server starts: nodes that start at once wait for one another.
    /// `check` refuses to start until `atrium migrate up` has been run, for those who want it to be
    /// a step of its own.
    package var migrate = Migrate.auto
    /// PostgreSQL connections that each event loop may open for writes; it keeps one more for
    /// reads.
    package var poolPerLoop: PositiveCount = 8
    /// How long one attempt to connect to PostgreSQL may take.
    package var connectTimeout: TimeSpan = "5s"
    /// How long a statement waits for a connection to PostgreSQL.
    package var waitTimeout: TimeSpan = "5s"
    /// How long PostgreSQL works on one statement before it gives up.
    package var statementTimeout: TimeSpan = "30s"
    /// How long a transaction's work may take in the program, apart from its commit. One that takes
    /// longer is undone and answered with 503: it would hold up all others.
    package var transactionTimeout: TimeSpan = "250ms"

    init() {}
}

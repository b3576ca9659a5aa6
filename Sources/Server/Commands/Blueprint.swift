import API
import Bus
import Icons
import Identity
import Logs
import Loop
import Outgoing
import SQL
import Secrets
import Values

/// A program that is looked at and never run: its routes, its document, its migrations.
enum Blueprint {
    static func program(_ settings: Settings) throws -> Program {
        let key = Secret(String(repeating: "A", count: 43))
        let database = NoDatabase()
        return try Program(
            settings,
            Identity.Parts(
                database: database, bus: InProcessBus(),
                hashing: BlockingPool(name: "hashing", threads: 1, queueLimit: 1),
                limiter: MemoryGuardLimiter(),
                keyring: try Keyring(key: key, randomness: .system), randomness: .system,
                baseURL: settings.effectiveBaseURL),
            SigningSecrets(key),
            SystemRoutes(
                readiness: Readiness(database, nil),
                metrics: MetricsAccess(metrics: Metrics(), token: nil)), .kept, HTTPClient(),
            OfflineGenerator(), BlockingPool(name: "disks", threads: 1, queueLimit: 1), .system)
    }
}

/// Stands where a database would be, and is never asked.
private struct NoDatabase: Database {
    var engine: Engine { .sqlite }

    func run<Output: Sendable>(
        _ statement: StatementCore, bind: @escaping @Sendable (any BindTarget) -> Void,
        decode: @escaping @Sendable (inout Rows) throws(DatabaseError) -> Output
    ) async throws(DatabaseError) -> Output {
        throw DatabaseError(.connection, "there is no database")
    }

    func transaction<Output: Sendable>(
        _ body: @escaping @Sendable (any Transaction) async throws -> Output
    ) async throws -> Output {
        throw DatabaseError(.connection, "there is no database")
    }
}

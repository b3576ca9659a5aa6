import API
import Bus
import Identity
import Jobs
import Logs
import Loop
import Mail
import Outgoing
import SQL
import SQLiteStore
import Synchronization
import Values

/// What a server holds open while it runs.
final class ServerParts: Sendable {
    let ambient: Ambient
    let loops: EventLoopGroup
    let database: OpenDatabase
    let secrets: ServerSecrets
    let hashing: BlockingPool
    /// Where the disk of files is waited for.
    let disks: BlockingPool
    let limiter: any GuardLimiter
    let bus: OpenBus
    let delivery: MailDelivery
    let outgoing: HTTPClient
    let icons: IconGenerators
    let metrics = Metrics()
    private let lock: DirectoryLock?
    private let ownsLoops: Bool
    private let sweeping = Mutex<Sweeper?>(nil)

    /// Opens everything in the order in which it needs one another, or nothing.
    static func open(
        _ settings: Settings, _ ambient: Ambient, loops given: EventLoopGroup?, isAlone: Bool
    ) async throws -> ServerParts {
        let directory = DataDirectory(path: settings.data.text)
        try directory.prepare()
        let lock = isAlone ? try directory.lock() : nil
        let secrets = try ServerSecrets(settings, ambient.randomness)
        let loops = given ?? EventLoopGroup(count: settings.http.loops.effective)
        if given == nil { loops.start() }
        do {
            let database = try await OpenDatabase.open(
                settings, loops: loops, ambient.randomness)
            let bus = try await bus(of: database, ambient.randomness)
            return ServerParts(
                settings, ambient, lock, secrets, loops, ownsLoops: given == nil, database, bus)
        } catch {
            if given == nil { loops.stop() }
            throw error
        }
    }

    private static func bus(
        of database: OpenDatabase, _ randomness: Randomness
    ) async throws(StartFailure) -> OpenBus {
        do throws(StartFailure) {
            return try await database.openBus(randomness)
        } catch {
            await database.close()
            throw error
        }
    }

    private init(
        _ settings: Settings, _ ambient: Ambient, _ lock: DirectoryLock?, _ secrets: ServerSecrets,
        _ loops: EventLoopGroup, ownsLoops: Bool, _ database: OpenDatabase,
        _ bus: OpenBus
    ) {
        (self.ambient, self.lock, self.secrets) = (ambient, lock, secrets)
        (self.loops, self.ownsLoops) = (loops, ownsLoops)
        (self.database, self.bus) = (database, bus)
        limiter = database.limiter
        delivery = MailDelivery(settings)
        outgoing = HTTPClient(HTTPClient.Options(settings.outgoing))
        icons = IconGenerators(settings, ambient, loops)
        // A thread for each core: more would only make each hash slower.
        hashing = BlockingPool(
            name: "hashing", threads: EventLoopGroup.coreCount,
            queueLimit: max(1, settings.auth.password.queueMax))
        disks = BlockingPool(name: "disks", threads: 2, queueLimit: 1024)
        ServerMetrics.register(hashing, on: metrics)
    }

    func program(_ settings: Settings) throws -> Program {
        try Program(
            settings,
            Identity.Parts(
                database: database.database, bus: bus.bus, hashing: hashing,
                limiter: limiter, keyring: secrets.keyring,
                randomness: ambient.randomness, baseURL: settings.effectiveBaseURL),
            secrets.signing,
            SystemRoutes(
                readiness: Readiness(database.database, loops),
                metrics: MetricsAccess(metrics: metrics, token: settings.metrics.token?.secret)),
            delivery, outgoing, icons.generator, disks, ambient.clock, describes: false)
    }

    func sweeper(_ program: Program) -> Sweeper {
        let sweeper = Sweeper(program, limiter, ambient)
        sweeping.withLock { $0 = sweeper }
        return sweeper
    }

    func close() async {
        sweeping.withLock { $0?.stop() }
        delivery.close()
        outgoing.close()
        icons.close()
        await bus.close()
        await database.close()
        hashing.stop()
        disks.stop()
        if ownsLoops { loops.stop() }
    }
}

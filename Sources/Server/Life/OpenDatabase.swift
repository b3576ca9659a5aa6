import API
import Bus
import Logs
import Loop
import PostgresStore
import SQL
import SQLiteStore
import Values

/// The database that the settings name, open.
enum OpenDatabase: Sendable {
    case sqlite(SQLiteStore)
    case postgres(PostgresStore)

    /// Fails in bounded time, with a line that says what to do.
    static func open(
        _ settings: Settings, loops: EventLoopGroup, _ randomness: Randomness
    ) async throws(StartFailure) -> OpenDatabase {
        do throws(DatabaseError) {
            switch settings.databasePlace {
            case .sqlite(let file):
                let options = SQLiteOptions(settings.database)
                return .sqlite(try SQLiteStore.open(path: file, loops: loops, options: options))
            case .postgres(let url):
                let options = PostgresOptions(url, settings.database)
                return .postgres(
                    try await PostgresStore.open(options, loops: loops, randomness: randomness))
            }
        } catch {
            throw StartFailure(settings.complaint(error))
        }
    }

    /// Gives `body` the database, open on a loop of its own, and closes it whatever comes of it.
    static func opened<Output>(
        _ settings: Settings, _ randomness: Randomness,
        _ body: (OpenDatabase) async throws -> Output
    ) async throws -> Output {
        let loops = EventLoopGroup(count: 1)
        loops.start()
        defer { loops.stop() }
        let opened = try await open(settings, loops: loops, randomness)
        do {
            let output = try await body(opened)
            await opened.close()
            return output
        } catch {
            await opened.close()
            throw error
        }
    }

    var database: any Database {
        switch self {
        case .sqlite(let store): store
        case .postgres(let store): store
        }
    }

    /// One node counts in memory, many count in the database that they share.
    var limiter: any GuardLimiter {
        switch self {
        case .sqlite: MemoryGuardLimiter()
        case .postgres(let store): SQLGuardLimiter(store)
        }
    }

    /// How nodes hear of one another: one node only itself, many over the database that they share.
    func openBus(_ randomness: Randomness) async throws(StartFailure) -> OpenBus {
        switch self {
        case .sqlite: return .alone(InProcessBus())
        case .postgres(let store):
            do {
                return .shared(try await PostgresBus.open(on: store, randomness: randomness))
            } catch {
                throw StartFailure("PostgreSQL's notifications cannot be heard: \(error)")
            }
        }
    }

    /// What is wrong with the data; only SQLite can tell.
    func integrityProblems() async throws(DatabaseError) -> [String] {
        switch self {
        case .sqlite(let store): try await store.integrityProblems()
        case .postgres: []
        }
    }

    func close() async {
        switch self {
        case .sqlite(let store): await store.close()
        case .postgres(let store): await store.close()
        }
    }
}

/// The bus of a server, which ends before its database does.
enum OpenBus: Sendable {
    case alone(InProcessBus)
    case shared(PostgresBus)

    var bus: any Bus {
        switch self {
        case .alone(let bus): bus
        case .shared(let bus): bus
        }
    }

    func close() async {
        if case .shared(let bus) = self { await bus.close() }
    }
}

extension Settings {
    var databasePlace: DatabaseURL.Place {
        database.url?.place ?? .sqlite(file: data.file("atrium.db"))
    }

    /// Which database, without its password.
    package var databaseDescription: String {
        switch databasePlace {
        case .sqlite(let file): "SQLite \(file)"
        case .postgres: "PostgreSQL \(database.url?.description ?? "")"
        }
    }

    fileprivate func complaint(_ error: DatabaseError) -> String {
        switch databasePlace {
        case .sqlite(let file):
            "The database \(file) cannot be opened: \(error.message)."
        case .postgres: error.message
        }
    }
}

extension PostgresOptions {
    fileprivate init(_ url: String, _ settings: DatabaseSettings) {
        self.init(url: url)
        writeLinksPerLoop = settings.poolPerLoop.value
        connectTimeout = settings.connectTimeout.duration
        waitTimeout = settings.waitTimeout.duration
        statementTimeout = settings.statementTimeout.duration
        transactionTimeout = settings.transactionTimeout.duration
    }
}

extension SQLiteOptions {
    fileprivate init(_ settings: DatabaseSettings) {
        self.init()
        bodyTimeMax = settings.transactionTimeout.duration
    }
}

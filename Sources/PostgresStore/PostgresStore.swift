import Loop
import SQL
import Values

// One `LinkSet` for each loop, so that a statement is sent, awaited and decoded on the loop of the
// request that asks, without a lock. A caller on no loop is taken to one.
//
//   PostgresStore → LinkSet (one per loop) → Link (libpq, pipelined) → Pipeline (pure)
//                                                └ Connection (sockets)

/// A PostgreSQL database.
///
/// Reads of one tick of a loop share a round trip. What is lost with a connection: reads are sent
/// again on the next, a write is `.unknownOutcome` and never repeated.
package final class PostgresStore: Database {
    package let options: PostgresOptions
    private let sets: [LinkSet]
    private let loops: EventLoopGroup
    let parameters: ConnectionParameters
    let pool: BlockingPool
    let randomness: Randomness

    private init(
        _ options: PostgresOptions, loops: EventLoopGroup, _ parameters: ConnectionParameters,
        randomness: Randomness
    ) {
        self.options = options
        self.loops = loops
        self.parameters = parameters
        self.randomness = randomness
        let pool = BlockingPool(name: "postgres", threads: 2, queueLimit: 256)
        self.pool = pool
        sets = loops.loops.map {
            LinkSet(on: $0, options, parameters, pool: pool, randomness: randomness)
        }
    }

    package var engine: Engine { .postgres }

    // MARK: Opening and closing

    /// Connects. Fails within `connectTimeout`, saying where it tried and what to do.
    package static func open(
        _ options: PostgresOptions, loops: EventLoopGroup, randomness: Randomness = .system
    ) async throws(DatabaseError) -> PostgresStore {
        let parameters = try ConnectionParameters(options)
        let store = PostgresStore(options, loops: loops, parameters, randomness: randomness)
        let attempts = store.sets.map { set in set.loop.spawn { await set.open() } }
        for attempt in attempts {
            guard let error = await attempt.value else { continue }
            await store.close()
            throw DatabaseError(
                error.code, error.message + ". Start the server, or correct DATABASE_URL.")
        }
        return store
    }

    /// Refuses new work, lets what runs come back for two seconds at most, and disconnects. Call it
    /// before the loops are stopped.
    package func close() async {
        for set in sets { await set.loop.spawn { await set.close() }.value }
        pool.stop()
    }

    /// The sum over all loops.
    package var counts: PostgresCounts {
        get async {
            var sum = PostgresCounts()
            sum.isUp = true
            for set in sets { sum = sum + (await set.loop.spawn { set.counts }.value) }
            return sum
        }
    }
}

// MARK: Statements

extension PostgresStore {
    package func run<Output: Sendable>(
        _ statement: StatementCore,
        bind: @escaping @Sendable (any BindTarget) -> Void,
        decode: @escaping @Sendable (inout Rows) throws(DatabaseError) -> Output
    ) async throws(DatabaseError) -> Output {
        var retries = Retries()
        while true {
            guard let set = currentSet else {
                return try await anyLoop.result { () async throws(DatabaseError) in
                    try await self.run(statement, bind: bind, decode: decode)
                }
            }
            let alone = retries.isAlone
            let reply = await withUnsafeContinuation { (ticket: Link.Ticket) in
                if statement.kind == .point {
                    set.read(statement, bind, ticket, alone: alone)
                } else {
                    set.write(statement, bind, ticket)
                }
            }
            if case .rows(let result) = reply {
                return try result.decode(decode, of: statement)
            }
            if let error = retries.failure(after: reply, of: statement) {
                throw error.naming(statement)
            }
        }
    }

    var anyLoop: EventLoop { loops.any }
    var anySet: LinkSet { sets[loops.any.index] }

    /// The connections of the loop whose thread this is.
    var currentSet: LinkSet? {
        guard let loop = EventLoop.current, loop.index < sets.count else { return nil }
        let set = sets[loop.index]
        return set.loop === loop ? set : nil
    }
}

extension EventLoop {
    /// Runs `body` on the loop, with its typed error.
    func result<Output: Sendable, Failure: Error>(
        _ body: @escaping @Sendable () async throws(Failure) -> Output
    ) async throws(Failure) -> Output {
        let task = spawn { () async -> Result<Output, Failure> in
            do throws(Failure) {
                return .success(try await body())
            } catch {
                return .failure(error)
            }
        }
        return try await task.value.get()
    }
}

extension PostgresResult {
    /// Decodes and says of which statement the rows were.
    func decode<Output>(
        _ decode: (inout Rows) throws(DatabaseError) -> Output, of statement: StatementCore
    ) throws(DatabaseError) -> Output {
        do {
            return try self.decode(decode)
        } catch {
            throw error.naming(statement)
        }
    }
}

extension DatabaseError {
    func naming(_ statement: StatementCore) -> DatabaseError {
        var error = self
        error.statement = statement.postgresText
        return error
    }
}

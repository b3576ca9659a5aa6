// Tests of the server as its clients see it: in this process, without sockets, on either engine.
//
// A few things and no more: `withServer`, the client it gives, its clock, its log, users and
// organizations, and `race`.

import DatabaseTesting
import Foundation
import Logs
import Loop
import SQL
import Server
import Values

/// Runs `body` with a client of a server that has an empty database of its own and a clock that
/// stands still.
///
/// Passwords are hashed as cheaply as bcrypt allows and no limit is on, unless `changes` say
/// otherwise. Throws `LoggedErrors` when the server logged an error that `body` did not take note of:
/// no test passes over an answer of 500.
@discardableResult
package func withServer<Value: Sendable>(
    on engine: Engine, _ changes: SettingsChange...,
    body: @escaping @Sendable (TestClient) async throws -> Value
) async throws -> Value {
    try await withServer(on: engine, changes, body: body)
}

/// The same for changes that are put together elsewhere.
@discardableResult
package func withServer<Value: Sendable>(
    on engine: Engine, _ changes: [SettingsChange],
    body: @escaping @Sendable (TestClient) async throws -> Value
) async throws -> Value {
    let place = try TestPlace(on: engine)
    defer { place.remove() }
    return try await withServer(at: place, clock: MovableClock(), changes, body: body)
}

/// The same at a place that is there before and after it, for one server after the other.
@discardableResult
package func withServer<Value: Sendable>(
    at place: TestPlace, clock: MovableClock, _ changes: [SettingsChange],
    body: @escaping @Sendable (TestClient) async throws -> Value
) async throws -> Value {
    await TestServers.turnstile.enter()
    defer { TestServers.turnstile.leave() }
    var settings = try place.settings()
    for change in changes { change.apply(&settings) }
    return try await run(settings, clock, body)
}

private func run<Value: Sendable>(
    _ settings: Settings, _ clock: MovableClock,
    _ body: @escaping @Sendable (TestClient) async throws -> Value
) async throws -> Value {
    let log = MemoryLog()
    let ambient = Ambient(
        clock: clock.clock, randomness: .system,
        logger: Logger(level: .debug, format: .json, clock: clock.clock, sink: log))
    let result = await TestLoops.shared.any.spawn(throwing: {
        let server = try await Server.open(settings, ambient, loops: TestLoops.shared)
        let result: Result<Value, any Error>
        do {
            result = .success(
                try await body(TestClient(server: server, clock: clock, log: log)))
        } catch {
            result = .failure(error)
        }
        await server.close()
        return try result.get()
    }).result
    let value = try result.get()
    let errors = log.takeErrors()
    if !errors.isEmpty { throw LoggedErrors(lines: errors) }
    return value
}

/// One setting that a test wants otherwise: `.set(\.limits.guards, true)`.
package struct SettingsChange {
    let apply: (inout Settings) -> Void

    /// Several at once.
    package init(_ apply: @escaping (inout Settings) -> Void) { self.apply = apply }

    package static func set<Value>(
        _ path: WritableKeyPath<Settings, Value>, _ value: Value
    ) -> SettingsChange {
        SettingsChange { $0[keyPath: path] = value }
    }
}

/// A server logged errors in a test that did not expect any.
package struct LoggedErrors: Error, CustomStringConvertible {
    package let lines: [String]
    package var description: String { "the server logged: " + lines.joined() }
}

/// How many servers there are at once: the test runner starts many tests together, and as many servers
/// at the same time would need more connections than PostgreSQL gives.
private enum TestServers {
    static let turnstile = Turnstile(places: 6)
}

/// The loops of all servers of a test run: a thread for each core is enough for all of them.
enum TestLoops {
    static let shared: EventLoopGroup = {
        let loops = EventLoopGroup()
        loops.start()
        return loops
    }()
}

/// What a server of a test keeps on disk.
package struct TestPlace: Sendable {
    let directory: String
    let database: TestDatabase

    package init(on engine: Engine) throws {
        database = try TestDatabase(on: engine)
        guard let directory = makeTemporaryDirectory("atrium-data") else {
            database.remove()
            throw DatabaseError(.storage, "no temporary directory for the test")
        }
        self.directory = directory
    }

    package func settings() throws -> Settings {
        var settings = Settings(.dev)
        settings.data = try DirectoryPath(directory)
        let location = database.location
        settings.database.url = try DatabaseURL(
            database.engine == .sqlite ? "sqlite:" + location : location)
        settings.database.poolPerLoop = 2
        // How long things take on a machine that runs all tests at once is not tested here.
        settings.database.transactionTimeout = "20s"
        settings.database.waitTimeout = "30s"
        settings.baseURL = try BaseURL("http://localhost:4000")
        settings.secrets.signing = [try SigningSecret("the tests sign cookies with this secret")]
        settings.auth.password.bcryptCost = 4
        settings.limits.guards = false
        // Most tests register users and are about something else than the mail to them.
        settings.auth.verification.sendOnSignUp = false
        return settings
    }

    package func remove() {
        database.remove()
        try? FileManager.default.removeItem(atPath: directory)
    }
}

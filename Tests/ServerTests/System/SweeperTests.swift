import API
import DatabaseTesting
import Logs
import SQL
import Testing
import Values

@testable import Server

@Suite struct SweeperTests {
    @Test(arguments: Engine.tested)
    func `what has expired is deleted, what has not stays`(on engine: Engine) async throws {
        try await withServer(on: engine) { server in
            let limiter = SQLGuardLimiter(server.database)
            let limit = GuardLimit("test", tries: 1, per: .seconds(60))
            let now = Clock.system.now
            _ = try await limiter.count(limit, "old", at: now - .seconds(120))
            _ = try await limiter.count(limit, "young", at: now)
            let sweeper = Sweeper(
                server.program, limiter,
                Ambient(clock: .system, randomness: .system, logger: .none))
            await sweeper.sweep()
            let left = try await server.database.all(Self.keys)
            #expect(left.map(\.value) == ["test young"])
        }
    }

    private static let keys = Statement(
        .scan, "SELECT key FROM rate_limits", returns: Single<String>.self)
}

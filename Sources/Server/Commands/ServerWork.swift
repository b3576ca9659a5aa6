import Identity
import Values

extension Invocation {
    /// Runs `body` with a server that does not listen, beside one that may be at work on the same
    /// data.
    func withServer(
        _ change: (inout Settings) -> Void = { _ in },
        _ body: (Server) async throws -> Int32
    ) async throws -> Int32 {
        var settings = try loadSettings().settings
        change(&settings)
        let ambient = Ambient(
            clock: environment.clock, randomness: environment.randomness, logger: .none)
        let server = try await Server.open(settings, ambient, isAlone: false)
        do {
            let status = try await body(server)
            // What was recorded gets its place in the chain by whoever wrote it.
            try await server.program.identity.audit.linkIfDue()
            await server.close()
            return status
        } catch {
            await server.close()
            throw error
        }
    }
}

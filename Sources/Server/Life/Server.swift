import API
import Bus
import Changes
import Files
import HTTP
import HTTPServer
import Identity
import Jobs
import Logs
import Loop
import Mail
import SQL
import SQLiteStore
import Secrets
import Synchronization
import Values

/// A program that runs: a database, a thread for each core, and all modules over them.
///
/// Nothing is global, so that one process may hold many. It answers requests with `respond` before
/// and without listening anywhere. What goes wrong on the way to `open` and `listen` is a
/// `StartFailure` with one line for the operator.
package final class Server: Sendable {
    package let settings: Settings
    package let metrics: Metrics
    package let loops: EventLoopGroup
    package var database: any Database { parts.database.database }

    let parts: ServerParts
    let program: Program
    /// Does the jobs of this node.
    package let jobs: JobRunner
    /// Numbers what was written to rows.
    package let sequencer: Sequencer
    /// Takes mails.
    package var outbox: Outbox { program.outbox }
    /// Keeps what users upload.
    package var files: Files { program.files }
    private let application: Application
    private let commonFields: Fields
    private let running = Mutex(Running())

    private struct Running {
        var http: HTTPServer?
        var ear: BusSubscription?
        var isClosed = false
    }

    /// Opens the database, brings its schema up to date and loads the keys.
    ///
    /// `loops` that are given must have been started and are left to the caller. A server that is
    /// not `isAlone` may use the data directory beside another, for a command's short work.
    package static func open(
        _ settings: Settings, _ ambient: Ambient, loops: EventLoopGroup? = nil,
        isAlone: Bool = true
    ) async throws -> Server {
        let parts = try await ServerParts.open(settings, ambient, loops: loops, isAlone: isAlone)
        do {
            let server = try Server(settings, parts)
            try await server.prepare(isAlone: isAlone)
            return server
        } catch {
            await parts.close()
            throw error
        }
    }

    private init(_ settings: Settings, _ parts: ServerParts) throws {
        self.settings = settings
        self.parts = parts
        metrics = parts.metrics
        loops = parts.loops
        program = try parts.program(settings)
        jobs = program.runner(parts.ambient)
        sequencer = program.sequencer(parts.ambient)
        ServerMetrics.register(sequencer, on: metrics)
        ServerMetrics.register(program.realtime, on: metrics)
        ServerMetrics.register(program.files, on: metrics)
        application = program.application(parts.ambient, parts.metrics)
        commonFields = SecurityFields.common(isSecure: settings.isSecure)
    }

    private func prepare(isAlone: Bool) async throws {
        try await Migrations(program, parts.ambient.clock).bringUpToDate(
            on: database, settings, isAlone: isAlone, parts.ambient.logger)
        try await startIdentity()
        guard isAlone else { return }
        try await openFiles()
        parts.sweeper(program).start(on: loops.loops[0])
        try await jobs.start(on: loops.loops[0])
        try await sequencer.start(on: loops.loops[0])
        try await program.realtime.start(on: loops.any, parts.ambient.logger)
        if case .missing = parts.delivery { parts.ambient.logger.warn(Settings.mailWarning) }
    }

    private func startIdentity() async throws {
        do {
            let ear = try await program.identity.start(at: parts.ambient.clock.now)
            running.withLock { $0.ear = ear }
        } catch is SealError {
            throw StartFailure(
                "What the database keeps sealed does not open with the encryption key that is given. "
                    + "Give the one with which it was made (ENCRYPTION_KEYS takes several).")
        }
    }

    /// A server whose database is the wrong one is better off with nobody than with strangers' files.
    private func openFiles() async throws {
        do {
            try await files.open(parts.ambient.logger)
        } catch let error as ForeignDirectory {
            throw StartFailure(error.description)
        }
    }

    // MARK: Answering

    /// Answers a request as a listening server would.
    package func respond(to request: Request) async -> Response {
        var response = await application.respond(to: request)
        response.fields.append(contentsOf: commonFields)
        return response
    }

    /// Looks now at connections whose session or key may have ended; otherwise that is done every few
    /// seconds.
    package func checkRealtime() async { await program.realtime.check() }

    // MARK: Listening

    /// Listens on all addresses of the settings and returns them, with the ports that the system
    /// chose.
    @discardableResult
    package func listen() throws -> [SocketAddress] {
        var configuration = ServerConfiguration(addresses: settings.http.listen.map(\.address))
        configuration.limits = HTTPLimits(settings.http.limits)
        configuration.webSocketLimits = WebSocketLimits(settings.http.webSocket)
        configuration.trustedProxies = TrustedProxies(settings.http.trustedProxies.map(\.network))
        configuration.commonFields = commonFields
        configuration.compresses = settings.http.compression
        configuration.refusal = { status in
            var response = SystemRoutes.refusal(status)
            response.fields.append(.contentSecurityPolicy, SecurityFields.apiPolicy)
            return response
        }
        configuration.missingFile = { [files, logger = parts.ambient.logger] path in
            files.noteMissing(path, logger)
        }
        configuration.clock = parts.ambient.clock
        let http = HTTPServer(configuration, group: loops, handler: application.respond)
        do {
            try http.start()
        } catch {
            throw StartFailure("\(error)")
        }
        ServerMetrics.register(http, on: metrics)
        running.withLock { $0.http = http }
        return http.addresses
    }

    /// Tells load balancers to look elsewhere, finishes what is under way, and closes everything.
    /// May be called more than once.
    package func close() async {
        program.system.readiness.startDraining()
        let running = running.withLock { running -> Running? in
            defer { running = Running(isClosed: true) }
            return running.isClosed ? nil : running
        }
        guard let running else { return }
        program.realtime.startDraining()
        await running.http?.drain(within: settings.http.drainTime.duration)
        await program.realtime.stop()
        await jobs.stop(on: loops.loops[0])
        await sequencer.stop()
        await parts.close()
    }
}

import Glibc
import HTTP
import Logs
import Values

extension Command {
    static let serve = Command(
        name: "serve", summary: "Serve until SIGTERM or Ctrl-C.", options: SettingsOptions.all
    ) { invocation in
        let signals = StopSignals()
        let settings = try invocation.loadSettings().settings
        let environment = invocation.environment
        let logger = Logger(settings.log, settings.environment, environment)
        OpenFiles.raiseLimit()
        let ambient = Ambient(
            clock: environment.clock, randomness: environment.randomness, logger: logger)
        let server = try await Server.open(settings, ambient)
        signals.startServing()
        do {
            logger.announce(try server.listen(), settings)
        } catch {
            await server.close()
            throw error
        }
        await signals.wait()
        logger.info("stopping")
        await server.close()
        logger.info("stopped")
        logger.flush()
        return 0
    }
}

extension Logger {
    fileprivate init(
        _ settings: LogSettings, _ runEnvironment: RunEnvironment,
        _ environment: CommandEnvironment
    ) {
        let format: LogFormat =
            switch settings.format {
            case .json: .json
            case .text: .text
            case .auto: environment.isTerminal && runEnvironment == .dev ? .text : .json
            }
        self.init(
            level: LogLevel(settings.level), format: format, clock: environment.clock,
            sink: DescriptorSink.standardOutput(format: format, clock: environment.clock))
    }

    fileprivate func announce(_ addresses: [SocketAddress], _ settings: Settings) {
        let urls = addresses.map { "http://\($0)" }.joined(separator: " ")
        info(
            "listening on \(urls)",
            [
                "environment": .string(settings.environment.rawValue),
                "database": .string(settings.databaseDescription),
                "version": .string(Version.number),
            ])
        flush()
    }
}

/// File descriptors that the process may have: each connection is one.
enum OpenFiles {
    /// Takes what the system allows without asking anybody.
    static func raiseLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    static var limit: Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 0 }
        return Int(clamping: limit.rlim_max)
    }
}

import Foundation

extension Command {
    static let watch = Command(
        name: "watch",
        summary: "builds and serves; builds again and restarts when a source changes"
    ) { words in
        try Watch(arguments: ["serve"] + words).run()
    }
}

/// `make dev`: looks at the sources' times of change twice a second. A build that fails leaves the
/// running server alone.
struct Watch {
    let arguments: [String]
    private let watched = ["Sources", "Plugins", "Package.swift"]
    /// Read from the disk, so that a change of a page shows when it is loaded again.
    private let environment = ["ATRIUM_CONSOLE_ASSETS": "Assets"]

    init(arguments: [String]) {
        self.arguments = arguments
    }

    func run() throws {
        // Ctrl-C reaches the server too; this tool waits until it has ended.
        signal(SIGINT) { _ in Watch.isEnding = true }
        signal(SIGTERM) { _ in Watch.isEnding = true }
        var seen = state()
        var server: Process?
        rebuild(&server)
        while !Self.isEnding {
            usleep(500_000)
            let now = state()
            if now == seen { continue }
            seen = now
            say("dev: a source changed, building")
            rebuild(&server)
        }
        stop(server)
    }

    // Safe because it is a flag that a signal handler sets once and one thread reads.
    nonisolated(unsafe) private static var isEnding = false

    private func rebuild(_ server: inout Process?) {
        guard (try? Tool("swift", "build", "--product", "atrium").run()) == 0 else {
            return say("dev: that does not build; the server that runs is the old one")
        }
        stop(server)
        var program = Tool([ServerProcess.path(of: "atrium")] + arguments)
        program.environment = environment
        server = try? program.start()
    }

    private func stop(_ server: Process?) {
        guard let server else { return }
        if server.isRunning { server.terminate() }
        server.waitUntilExit()
    }

    /// The newest change and the number of files, so that a removal counts too.
    private func state() -> [Date] {
        let files = FileManager.default
        var dates: [Date] = []
        for root in watched {
            let names = files.enumerator(atPath: root)?.allObjects as? [String] ?? []
            for path in [root] + names.map({ "\(root)/\($0)" }) {
                let attributes = try? files.attributesOfItem(atPath: path)
                if let date = attributes?[.modificationDate] as? Date { dates.append(date) }
            }
        }
        return dates
    }
}

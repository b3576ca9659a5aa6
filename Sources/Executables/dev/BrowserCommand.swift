import Foundation

extension Command {
    static let browser = Command(
        name: "browser",
        summary: "reads and tries the pages in headless Chromium: [--screenshots DIR]"
    ) { words in
        var options = Options(words)
        let folder = try options.value("--screenshots")
        try options.end()
        try BrowserRun(screenshots: folder).runIfPossible()
    }
}

/// Plays Tests/Browser at a server of its own. A person's machine may have no browser: then one line
/// says what was skipped.
struct BrowserRun {
    private static let python = ".build/python/bin/python"
    private static let chromium = "/usr/bin/chromium"

    var screenshots: String?

    func runIfPossible() throws {
        for program in [Self.python, Self.chromium]
        where !FileManager.default.isExecutableFile(atPath: program) {
            return say("browser: SKIPPED, there is no \(program) (packages/install build test)")
        }
        try DrawingList.write()
        // With the sample, so that there are resources to try.
        let server = try TrialServer(["resources=Examples/items"])
        defer { server.remove() }
        try server.start()
        var words = [
            Self.python, "Tests/Browser/run.py", "http://localhost:\(server.port)", "--chromium",
            Self.chromium, "--drawings", DrawingList.path,
        ]
        if let screenshots { words += ["--screenshots", screenshots] }
        let (status, lines) = try Tool(words).capture(echo: true)
        let closing = lines.last { $0.hasPrefix("browser: ") }
        guard status == 0, let closing, closing.hasSuffix(" 0 failed") else {
            throw Problem(closing ?? "Tests/Browser/run.py ended without its closing line")
        }
    }
}

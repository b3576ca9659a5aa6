import Foundation

extension Command {
    static let browser = Command(
        name: "browser",
        summary:
            "reads and tries the pages in headless Chromium: [--only PART,…] [--screenshots DIR]"
    ) { words in
        var options = Options(words)
        let run = BrowserRun(
            parts: try options.value("--only"), screenshots: try options.value("--screenshots"))
        try options.end()
        try run.runIfPossible()
    }
}

/// Plays Tests/Browser at servers of its own. A person's machine may have no browser: then one line
/// says what was skipped.
struct BrowserRun {
    private static let python = ".build/python/bin/python"
    private static let chromium = "/usr/bin/chromium"

    /// Of Tests/Browser/run.py; nil for all.
    var parts: String?
    var screenshots: String?

    func runIfPossible() throws {
        for program in [Self.python, Self.chromium]
        where !FileManager.default.isExecutableFile(atPath: program) {
            return say("browser: SKIPPED, there is no \(program) (packages/install build test)")
        }
        try DrawingList.write()
        let stage = try BrowserStage()
        defer { stage.remove() }
        var words = [Self.python, "Tests/Browser/run.py"] + stage.words
        words += ["--chromium", Self.chromium, "--drawings", DrawingList.path]
        if let parts { words += ["--only", parts] }
        if let screenshots { words += ["--screenshots", screenshots] }
        let (status, lines) = try Tool(words).capture(echo: true)
        let closing = lines.last { $0.hasPrefix("browser: ") }
        guard status == 0, let closing, closing.hasSuffix(" 0 failed") else {
            throw Problem(closing ?? "Tests/Browser/run.py ended without its closing line")
        }
    }
}

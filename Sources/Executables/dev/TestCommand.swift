import Foundation

extension Command {
    static let test = Command(
        name: "test",
        summary:
            "runs all tests as built, then other people's clients and a browser; says the closing line last"
    ) { words in
        try Options(words).end()
        try await TestRun().run()
    }
}

/// `make test` after the build: Swift's tests on both engines, then clients that others wrote: the recorded
/// exchanges, WebSockets, a browser.
struct TestRun {
    /// Where CI finds the runner's closing line.
    static let closingLinePath = ".build/test-closing-line"

    /// A few tests at a time. All at once, as the runner has it by itself, they wait for each other
    /// until time-outs run out and PostgreSQL has no connection left.
    static let swiftTest = ["swift", "test", "--experimental-maximum-parallelization-width", "16"]

    func run() async throws {
        let closing = try swiftTests(Tool(Self.swiftTest + ["--skip-build"]))
        try await ConformanceRun().runIfPossible()
        try WebSocketRun().runIfPossible()
        try BrowserRun().runIfPossible()
        try (closing + "\n").write(toFile: Self.closingLinePath, atomically: true, encoding: .utf8)
        say(closing)
    }

    /// Returns the runner's own last word. Its absence is a failure too: a run that ended early
    /// may have status 0.
    func swiftTests(_ tool: Tool) throws -> String {
        let (status, lines) = try tool.capture(echo: true)
        let closing = lines.last { $0.contains("Test run with ") }
        guard status == 0, let closing, closing.contains(" passed") else {
            throw Problem(closing ?? "the test runner ended without its closing line")
        }
        return closing
    }
}

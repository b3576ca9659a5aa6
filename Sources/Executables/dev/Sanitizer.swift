import Foundation

/// Tests under a sanitizer, in a build of their own.
struct Sanitizer {
    let name: String
    let tests: [String]
    var environment: [String: String] = [:]
    var prepare: @Sendable () throws -> Void = {}

    /// What several threads share. Threads that a test did not wait for are not counted: they have
    /// ended.
    static let thread = Sanitizer(
        name: "thread",
        tests: [
            "ValuesTests", "SecretsTests", "CodingTests", "LogsTests", "LoopTests", "HTTPTests",
            "HTTPServerTests", "APITests", "BusTests", "JobsTests", "ChangesTests",
            "RealtimeTests", "FilesTests", "StudioTests",
        ],
        environment: [
            "TSAN_OPTIONS": "report_thread_leaks=0:suppressions=\(folder)/Tools/tsan/suppressions",
            "LD_PRELOAD": mutexLibrary,
        ],
        prepare: buildMutexLibrary)

    /// What reads bytes from outside.
    static let address = Sanitizer(
        name: "address", tests: ["CodingTests", "HTTPTests", "SecretsTests"],
        environment: addressOptions)

    /// Leaks are not looked for: Swift keeps bits of its own in some pointers, so that what a
    /// global holds seems to be lost.
    static let addressOptions = ["ASAN_OPTIONS": "detect_leaks=0"]

    func run() throws {
        try prepare()
        let path = ["--sanitize", name, "--scratch-path", ".build/\(name)"]
        guard try Tool(["swift", "build", "--build-tests"] + path).run() == 0 else {
            throw Problem("the tests do not build for the \(name) sanitizer")
        }
        let filter = "^(" + tests.joined(separator: "|") + ")\\."
        var tool = Tool(TestRun.swiftTest + ["--skip-build", "--filter", filter] + path)
        tool.environment = environment
        let closing = try TestRun().swiftTests(tool)
        say("\(name) sanitizer: \(closing)")
    }

    // MARK: Swift's Mutex under ThreadSanitizer

    private static let folder = FileManager.default.currentDirectoryPath
    private static let mutexLibrary = folder + "/.build/tsan-mutex.so"

    /// ThreadSanitizer does not see the contended path of Swift's Mutex (Tools/tsan/mutex.c).
    @Sendable private static func buildMutexLibrary() throws {
        let status = try Tool(
            "clang", "-O1", "-shared", "-fPIC", "-o", mutexLibrary, "Tools/tsan/mutex.c"
        ).run()
        if status != 0 { throw Problem("Tools/tsan/mutex.c does not compile") }
    }
}

import DatabaseTesting
import Foundation
import ProviderTesting
import SQL

extension Command {
    static let conformance = Command(
        name: "conformance",
        summary: "plays ../shared/conformance at atrium-conformance, on both engines"
    ) { words in
        var options = Options(words)
        let areas = try options.value("--areas")?.split(separator: ",").map(String.init)
        let details = options.flag("--verbose")
        try options.end()
        try await ConformanceRun(areas: areas, details: details).runIfPossible()
    }
}

/// Plays recorded exchanges of a real better-auth server at ours and counts the steps that agree.
///
/// The recordings lie beside the clone, not in it: without them one line says what was skipped.
struct ConformanceRun {
    static let replay = "../shared/conformance/replay.py"
    static let requiredShare = 0.9

    var areas: [String]?
    var details = false

    /// What the slice is measured by; more as the surface grows.
    static let defaultAreas = [
        "core-01", "core-02", "core-03", "core-04", "core-05", "core-06", "core-07", "core-08",
        "core-09", "core-10", "12", "13", "17", "18", "only-20", "only-21",
    ]

    func runIfPossible() async throws {
        guard FileManager.default.fileExists(atPath: Self.replay) else {
            return say("conformance: SKIPPED, there is no \(Self.replay)")
        }
        guard Tool.exists("python3") else {
            return say("conformance: SKIPPED, there is no python3")
        }
        let program = ServerProcess.path(of: "atrium-conformance")
        guard FileManager.default.fileExists(atPath: program) else {
            throw Problem("\(program) is not built")
        }
        try run(program)
    }

    private func run(_ program: String) throws {
        var total = Score()
        for engine in Engine.allCases where engine == .sqlite || PostgresCluster.isExpected {
            let score = try play(program, on: engine)
            say("conformance on \(engine): \(score)")
            total += score
        }
        guard total.share >= Self.requiredShare else {
            throw Problem("conformance: \(total), asked for is \(Int(Self.requiredShare * 100)) %")
        }
    }

    /// The program makes and removes its databases by itself: one for each profile.
    private func play(_ program: String, on engine: Engine) throws -> Score {
        let port = LoopbackSocket.freePort()
        let provider = try MockProvider.start()
        let server = try ServerProcess(
            program,
            [
                "--http", "127.0.0.1:\(port)", "--engine", "\(engine)", "--idp", provider.address,
            ],
            log: ".build/conformance-\(engine).log")
        defer { server.stop() }
        guard server.answers("/__test/health", port: port) else {
            throw Problem("atrium-conformance does not answer on \(engine): \(server.lastWords)")
        }
        let replay = Tool(
            [
                "python3", Self.replay, "--base-url", "http://127.0.0.1:\(port)", "--idp",
                provider.address,
            ]
                + (details ? [] : ["-q"]) + files())
        let lines = try replay.capture(echo: details).lines
        return try Score(lines)
    }

    private func files() -> [String] {
        let folder = "../shared/conformance/transcripts"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return (areas ?? Self.defaultAreas).flatMap { area in
            names.filter { $0.hasPrefix(area) }.sorted().map { "\(folder)/\($0)" }
        }
    }
}

/// How many steps passed of how many.
struct Score: CustomStringConvertible {
    private(set) var passed = 0
    private(set) var all = 0

    init() {}

    /// Reads the last line of replay.py: `TOTAL: 56 passed, 4 failed`.
    init(_ lines: [String]) throws(Problem) {
        let total = lines.last { $0.hasPrefix("TOTAL: ") } ?? ""
        let numbers = total.split { !$0.isNumber }.compactMap { Int($0) }
        guard numbers.count >= 2 else {
            throw Problem("replay.py did not end with its total: \(lines.suffix(3))")
        }
        passed = numbers[0]
        all = numbers[0] + numbers[1]
    }

    var share: Double { all == 0 ? 0 : Double(passed) / Double(all) }
    var description: String { "\(passed) of \(all) steps (\(Int(share * 100)) %)" }

    static func += (left: inout Score, right: Score) {
        left.passed += right.passed
        left.all += right.all
    }
}

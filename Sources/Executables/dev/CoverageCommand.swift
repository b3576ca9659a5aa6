import Foundation
import Measuring

extension Command {
    static let coverage = Command(
        name: "coverage",
        summary: "line coverage of each target beside what S3-31 asks for"
    ) { words in
        try Options(words).end()
        try Coverage().run()
    }
}

/// Runs the tests with counters in a build of their own, and adds llvm-cov's lines up by target.
struct Coverage {
    private static let build = [
        "--enable-code-coverage", "--scratch-path", ".build/coverage",
    ]

    func run() throws {
        let closing = try TestRun().swiftTests(Tool(TestRun.swiftTest + Self.build))
        let path = try Tool(["swift", "test", "--show-codecov-path"] + Self.build).capture().lines
        let report = try read(path.first { $0.hasSuffix(".json") } ?? "")
        var table = TextTable("target", "kind", "lines", "covered", "%", "asked", "")
        for kind in CoverageKind.all {
            var sum = Lines()
            for target in kind.targets {
                let lines = report[target] ?? Lines()
                sum += lines
                table.add(
                    target, kind.name, "\(lines.all)", "\(lines.covered)", lines.percent, "",
                    "")
            }
            table.add(
                "all of these", kind.name, "\(sum.all)", "\(sum.covered)", sum.percent,
                "\(kind.asked)",
                kind.isReached(covered: sum.covered, of: sum.all) ? "reached" : "below")
        }
        say("")
        table.show()
        say(closing)
    }

    struct Lines {
        var all = 0
        var covered = 0

        var percent: String {
            guard all > 0 else { return "0.0" }
            let tenths = covered * 1000 / all
            return "\(tenths / 10).\(tenths % 10)"
        }

        static func += (left: inout Lines, right: Lines) {
            left.all += right.all
            left.covered += right.covered
        }
    }

    /// Lines by target, from the JSON that llvm-cov exports.
    private func read(_ path: String) throws -> [String: Lines] {
        let data = try Data(contentsOf: URL(filePath: path))
        let report = try JSONDecoder().decode(Report.self, from: data)
        var targets: [String: Lines] = [:]
        for file in report.data.flatMap(\.files) {
            let parts = file.filename.split(separator: "/")
            guard let sources = parts.lastIndex(of: "Sources"), sources + 1 < parts.count
            else { continue }
            let lines = file.summary.lines
            targets[String(parts[sources + 1]), default: Lines()] += Lines(
                all: lines.count, covered: lines.covered)
        }
        return targets
    }

    private struct Report: Decodable {
        struct Part: Decodable { let files: [File] }
        struct File: Decodable {
            let filename: String
            let summary: Summary
        }
        struct Summary: Decodable { let lines: Counts }
        struct Counts: Decodable { let count, covered: Int }

        let data: [Part]
    }
}

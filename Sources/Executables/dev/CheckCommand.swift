import Foundation

extension Command {
    static let check = Command(
        name: "check",
        summary: "everything that can be checked: [--quick] is what CI does after the tests"
    ) { words in
        var options = Options(words)
        let isQuick = options.flag("--quick")
        try options.end()
        try await Check(isQuick: isQuick).run()
    }
}

/// Runs every check although one fails, and says at the end how each of them went.
struct Check {
    let isQuick: Bool

    private struct Step {
        let name: String
        var isSlow = false
        /// The program without which the step is skipped, loudly.
        var needs: String?
        let work: () async throws -> Void
    }

    func run() async throws {
        var table = TextTable("check", "result", "seconds")
        var failures: [String] = []
        for step in steps where !(isQuick && step.isSlow) {
            say("\n== \(step.name)")
            let start = ContinuousClock.now
            let result = await result(of: step)
            if result == "failed" { failures.append(step.name) }
            table.add(step.name, result, "\((ContinuousClock.now - start).components.seconds)")
        }
        say("")
        table.show()
        if !failures.isEmpty { throw Problem("failed: " + failures.joined(separator: ", ")) }
    }

    private func result(of step: Step) async -> String {
        if let program = step.needs, !Tool.exists(program) {
            say("skipped: there is no \(program)")
            return "SKIPPED"
        }
        do {
            try await step.work()
            return "ok"
        } catch {
            complain("\(error)")
            return "failed"
        }
    }

    private var steps: [Step] {
        [
            // CI has run the tests by then.
            Step(name: "tests", isSlow: true) { try await TestRun().run() },
            // A tenth of them is in every run of the tests.
            Step(name: "edits and events in full", isSlow: true) {
                var tool = Tool(
                    "swift", "test", "--skip-build", "--filter", "EditTests|ResumeTests")
                tool.environment["ATRIUM_FULL"] = "1"
                _ = try TestRun().swiftTests(tool)
            },
            Step(name: "format") {
                try succeed(
                    "swift", "format", "lint", "--strict", "--parallel", "--recursive",
                    "Package.swift", "Plugins", "Sources", "Tests")
            },
            Step(name: "tidy") { try await Command.tidy.run([]) },
            Step(name: "shell", needs: "shellcheck") {
                try succeed("shellcheck", ".ci/run", "packages/install", "packages/image")
            },
            Step(name: "scripts", needs: "tsc") { try ScriptsCheck().run() },
            Step(name: "yaml", needs: "python3") { try YAMLCheck().run() },
            Step(name: "OpenAPI", needs: PythonTool.path("openapi-spec-validator")) {
                try succeed(PythonTool.path("openapi-spec-validator"), "docs/openapi.json")
            },
            Step(name: "pages", needs: "curl") { try PagesRun().run() },
            Step(name: "probes") { try await Command.probes.run([]) },
            Step(name: "schemathesis", needs: PythonTool.path("schemathesis")) { [isQuick] in
                // The same every time where a change is judged; new ones where somebody looks for more.
                if isQuick {
                    try SchemathesisRun(examples: 5, seed: 1).run()
                } else {
                    try SchemathesisRun(examples: 50).run()
                }
            },
            // Not a judge of submissions: what it makes of the runtime's continuations differs from run
            // to run (Tools/tsan).
            Step(name: "ThreadSanitizer", isSlow: true) { try Sanitizer.thread.run() },
            Step(name: "fuzz", isSlow: true) { try await Command.fuzz.run([]) },
            Step(name: "AddressSanitizer", isSlow: true) { try Sanitizer.address.run() },
        ]
    }

    private func succeed(_ words: String...) throws {
        let status = try Tool(words).run()
        if status != 0 {
            throw Problem("\(words.prefix(2).joined(separator: " ")): status \(status)")
        }
    }
}

/// Whether PyYAML reads what Docker will read.
struct YAMLCheck {
    func run() throws {
        let program = """
            import sys
            try:
                import yaml
            except ImportError:
                sys.exit("skipped: no python3-yaml")
            services = yaml.safe_load(open("docker-compose.yml"))["services"]
            print("docker-compose.yml:", ", ".join(services))
            """
        let (status, lines) = try Tool("python3", "-c", program).capture(echo: true)
        let isSkipped = lines.contains { $0.hasPrefix("skipped") }
        if status != 0, !isSkipped { throw Problem("docker-compose.yml does not parse") }
    }
}

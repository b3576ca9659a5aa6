import Testing

@Suite struct DockerfileTests {
    private let stages: [Stage]

    struct Stage {
        let base: String
        let name: String
        var lines: [String] = []

        func arguments(of instruction: String) -> String? {
            lines.last { $0.hasPrefix(instruction + " ") }
                .map { String($0.dropFirst(instruction.count + 1)) }
        }
    }

    init() throws {
        var stages: [Stage] = []
        for line in try Clone.text(of: "Dockerfile").split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            if words[0] == "FROM" { stages.append(Stage(base: words[1], name: words[3])) }
            if !stages.isEmpty { stages[stages.count - 1].lines.append(String(line)) }
        }
        self.stages = stages
    }

    @Test func `S2-17: four stages, the last of them small`() {
        #expect(stages.map(\.name) == ["staging", "development", "builder", "production"])
        #expect(stages.last?.base == "debian:12-slim")
    }

    @Test func `S2-17: the image runs the server on port 8080`() {
        let entry = stages.last?.arguments(of: "ENTRYPOINT")
        #expect(entry == #"["/server", "serve", "--http=0.0.0.0:8080"]"#)
        #expect(stages.last?.arguments(of: "EXPOSE") == "8080")
        #expect(stages.last?.arguments(of: "COPY --from=builder")?.hasSuffix(" /server") == true)
    }

    @Test func `the server does not run as root`() {
        #expect(stages.last?.arguments(of: "USER") == "atrium")
    }

    @Test func `the image installs what packages run names`() throws {
        #expect(stages.last?.arguments(of: "COPY") != nil)
        #expect(stages.last?.lines.contains { $0.hasPrefix("COPY packages/run ") } == true)
    }
}

import Foundation

extension Command {
    static let fuzz = Command(
        name: "fuzz",
        summary: "runs every fuzz target under AddressSanitizer: [--seconds 60] [--seed N]"
    ) { words in
        var options = Options(words)
        let seconds = try options.number("--seconds", default: 60)
        let seed = try options.number("--seed", default: Int(Date().timeIntervalSince1970))
        try options.end()
        for target in try fuzzTargets() {
            say("\(target): \(seconds) seconds, seed \(seed)")
            try fuzz(target, seconds: seconds, seed: seed)
        }
    }

    private static let build = [
        "-c", "release", "--sanitize", "address", "--scratch-path", ".build/fuzz",
    ]

    private static func fuzzTargets() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "Sources/Executables")
            .filter { $0.hasPrefix("fuzz-") }.sorted()
    }

    private static func fuzz(_ target: String, seconds: Int, seed: Int) throws {
        guard try Tool(["swift", "build", "--product", target] + build).run() == 0 else {
            throw Problem("\(target) does not build")
        }
        let path = try Tool(["swift", "build", "--show-bin-path"] + build).capture().lines[0]
        var tool = Tool("\(path)/\(target)", "\(seconds)", "\(seed)")
        tool.environment = Sanitizer.addressOptions
        let status = try tool.run()
        if status != 0 { throw Problem("\(target) found something: seed \(seed)") }
    }
}

import Foundation

/// Programs that packages/install has brought from PyPI.
enum PythonTool {
    static func path(_ name: String) -> String { ".build/python/bin/" + name }
}

/// Another program, run to its end.
struct Tool {
    var words: [String]
    var environment: [String: String] = [:]

    init(_ words: String...) {
        self.words = words
    }

    init(_ words: [String]) {
        self.words = words
    }

    /// Whether there is such a program: in the path, or where it says.
    static func exists(_ name: String) -> Bool {
        if name.contains("/") { return FileManager.default.isExecutableFile(atPath: name) }
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return path.split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
        }
    }

    /// Runs it with our own output; returns its status.
    func run() throws -> Int32 {
        let process = try start()
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Runs it, passing its lines on as they come when `echo` is on; returns them with its status.
    func capture(echo: Bool = false) throws -> (status: Int32, lines: [String]) {
        let output = Pipe()
        let process = try start(output: output)
        var text = Data()
        while case let chunk = output.fileHandleForReading.availableData, !chunk.isEmpty {
            if echo { FileHandle.standardOutput.write(chunk) }
            text.append(chunk)
        }
        process.waitUntilExit()
        let lines = String(decoding: text, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        return (process.terminationStatus, lines.map(String.init))
    }

    /// Starts it and returns at once. Without a pipe it writes where we write.
    func start(output: Pipe? = nil) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        if let output {
            process.standardOutput = output
            process.standardError = output
        }
        try process.run()
        return process
    }
}

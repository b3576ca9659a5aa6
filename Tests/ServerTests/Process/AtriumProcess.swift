import Foundation
import Testing

/// The built `atrium`, as a process of its own.
final class AtriumProcess: Sendable {
    private let process = Process()
    private let output = Pipe()
    private let complaints = Pipe()

    /// Beside the test bundle.
    static let executable: String = {
        let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        let directory = (bundle ?? CommandLine.arguments[0]).split(separator: "/").dropLast()
        return "/" + directory.joined(separator: "/") + "/atrium"
    }()

    /// Starts with these variables and no others.
    init(_ words: [String], variables: [String: String] = [:], in directory: String = "/") throws {
        process.executableURL = URL(fileURLWithPath: Self.executable)
        process.arguments = words
        process.environment = variables.merging(
            ["LD_LIBRARY_PATH": ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] ?? ""]
        ) { $1 }
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = complaints
        try process.run()
    }

    func signal(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits for the process's end.
    func end() -> (status: Int32, output: String, complaints: [String]) {
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        let complained = complaints.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let status =
            process.terminationReason == .exit
            ? process.terminationStatus : -process.terminationStatus
        let lines = String(decoding: complained, as: UTF8.self).split(separator: "\n")
        return (status, String(decoding: printed, as: UTF8.self), lines.map(String.init))
    }

    /// Waits until it says where it listens, and returns the port.
    func port() throws -> Int {
        var text = ""
        while true {
            text += try more()
            guard let range = text.firstRange(of: "http://127.0.0.1:") else { continue }
            let digits = text[range.upperBound...].prefix(while: \.isNumber)
            if digits.endIndex < text.endIndex, let port = Int(digits) { return port }
        }
    }

    private func more() throws -> String {
        let data = output.fileHandleForReading.availableData
        guard !data.isEmpty else {
            let end = end()
            throw Ended(status: end.status, complaints: end.complaints)
        }
        return String(decoding: data, as: UTF8.self)
    }

    /// It ended before it served.
    struct Ended: Error {
        let status: Int32
        let complaints: [String]
    }
}

import Foundation
import Synchronization

/// Debian's glewlwyd, a real provider of OpenID Connect, as a process of its own with a client and a
/// user: Tests/OIDC/glewlwyd.py. It ends with the last reference to it, or with this process.
// Safe because what is not constant is used under the lock.
final class Glewlwyd: @unchecked Sendable {
    static let clientID = "atrium"
    static let clientSecret = "provider-secret-1"
    static let redirectURI = "http://localhost:4000/api/auth/oauth/glewlwyd/callback"

    let issuer: String
    private let process = Process()
    private let directory: URL
    private let pipes: Mutex<(input: FileHandle, output: FileHandle)>

    struct Unavailable: Error {}

    /// Whether tests with it run here. `CI` makes its absence a failure.
    static let isExpected: Bool = {
        if access("/usr/bin/glewlwyd", X_OK) == 0 { return true }
        let line = "A provider for tests: SKIPPED, glewlwyd not installed (packages/install test)\n"
        FileHandle.standardError.write(Data(line.utf8))
        return ProcessInfo.processInfo.environment["CI"] != nil
    }()

    init() throws {
        directory = FileManager.default.temporaryDirectory
            .appending(component: "atrium-glewlwyd-\(UUID())")
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = [
            Self.script, directory.path(), Self.clientID, Self.clientSecret, Self.redirectURI,
        ]
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        pipes = Mutex((input.fileHandleForWriting, output.fileHandleForReading))
        issuer = Self.line(output.fileHandleForReading)
        if issuer.isEmpty { throw Unavailable() }
    }

    deinit {
        pipes.withLock { try? $0.input.close() }
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: directory)
    }

    /// Signs its user in at the page, has him consent, and returns where the browser is sent.
    func consent(at url: String) async -> String {
        await Task.detached { [self] in
            pipes.withLock { pipes in
                try? pipes.input.write(contentsOf: Data((url + "\n").utf8))
                return Self.line(pipes.output)
            }
        }.value
    }

    private static func line(_ output: FileHandle) -> String {
        var bytes: [UInt8] = []
        while let next = try? output.read(upToCount: 1), let byte = next.first,
            byte != UInt8(ascii: "\n")
        {
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let script: String = {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        return "/\(root)/Tests/OIDC/glewlwyd.py"
    }()
}

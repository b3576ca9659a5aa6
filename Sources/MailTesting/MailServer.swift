import DatabaseTesting
import Glibc

/// A real mail server on loopback, as a process of its own: Tests/SMTP/server.py, which says what
/// there is to choose from. It ends with the last reference to it, or with this process.
package final class MailServer: Sendable {
    package let directory: String
    package let port: Int
    private let script: ScriptProcess
    private let ownsDirectory: Bool

    /// Why there is no server.
    package struct Unavailable: Error {
        package let reason: String
    }

    /// Whether tests with a mail server run here. `CI` makes its absence a failure.
    package static let isExpected: Bool = {
        if access("/usr/lib/python3/dist-packages/aiosmtpd/__init__.py", R_OK) == 0 { return true }
        let line = "A mail server for tests: SKIPPED, not installed (packages/install build test)\n"
        write(STDERR_FILENO, line, line.utf8.count)
        return getenv("CI") != nil
    }()

    /// One that comes back at the same place and keeps its mails is given what the first had.
    package init(_ mode: String, in directory: String? = nil, port: Int = 0) throws {
        guard let place = directory ?? makeTemporaryDirectory("atrium-mail") else {
            throw Unavailable(reason: "no temporary directory")
        }
        (self.directory, ownsDirectory) = (place, directory == nil)
        script = try ScriptProcess("SMTP/server.py", [place, mode, "\(port)"])
        guard let port = Int(script.line()) else {
            throw Unavailable(reason: "it did not start")
        }
        self.port = port
    }

    deinit {
        stop()
        guard ownsDirectory else { return }
        for name in names { unlink(directory + "/" + name) }
        rmdir(directory)
    }

    /// Ends it as a crash does.
    package func stop() { script.kill() }

    /// The mails it has taken, in their order, with two lines before each: `X-Envelope` and
    /// `X-Session`.
    package var mails: [String] {
        names.filter { $0.hasSuffix(".eml") }.sorted().compactMap { name in
            guard let file = fopen(directory + "/" + name, "r") else { return nil }
            defer { fclose(file) }
            var bytes = [UInt8](repeating: 0, count: 1 << 16)
            let count = fread(&bytes, 1, bytes.count, file)
            return String(decoding: bytes.prefix(count), as: UTF8.self)
        }
    }

    private var names: [String] {
        guard let folder = opendir(directory) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}

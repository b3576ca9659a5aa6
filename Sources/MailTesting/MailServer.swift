import DatabaseTesting
import Glibc
import Synchronization

/// A real mail server on loopback, as a process of its own: Tests/SMTP/server.py, which says what
/// there is to choose from. It ends with the last reference to it, or with this process.
package final class MailServer: Sendable {
    package let directory: String
    package let port: Int
    private let id: pid_t
    private let input: Int32
    private let ownsDirectory: Bool
    private let isRunning = Atomic(true)

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
        let (input, inputEnd) = try Self.makePipe()
        let (output, outputEnd) = try Self.makePipe()
        defer { for end in [inputEnd, output] { close(end) } }
        let started = Result { try Self.spawn([place, mode, "\(port)"], inputEnd, outputEnd) }
        // Only the server has it now, so that its end is heard.
        close(outputEnd)
        id = try started.get()
        self.input = input
        var line = [UInt8](repeating: 0, count: 16)
        let count = read(output, &line, line.count)
        let digits = String(decoding: line.prefix(max(0, count)), as: UTF8.self)
            .prefix(while: \.isNumber)
        guard let port = Int(digits) else { throw Unavailable(reason: "it did not start") }
        self.port = port
    }

    deinit {
        stop()
        close(input)
        guard ownsDirectory else { return }
        for name in names { unlink(directory + "/" + name) }
        rmdir(directory)
    }

    /// Ends it as a crash does.
    package func stop() {
        guard isRunning.exchange(false, ordering: .relaxed) else { return }
        kill(id, SIGKILL)
        var status: Int32 = 0
        waitpid(id, &status, 0)
    }

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

    private static let script: String = {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/\(root)/Tests/SMTP/server.py"
    }()

    private static func spawn(
        _ words: [String], _ input: Int32, _ output: Int32
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var arguments = (["python3", "-W", "ignore", script] + words).map { strdup($0) } + [nil]
        defer { for text in arguments { free(text) } }
        var id: pid_t = 0
        let error = posix_spawn(&id, "/usr/bin/python3", &actions, nil, &arguments, environ)
        guard error == 0 else { throw Unavailable(reason: "posix_spawn: \(error)") }
        return id
    }

    /// Sockets, because those can be closed on exec from the start.
    private static func makePipe() throws -> (Int32, Int32) {
        var ends: [Int32] = [0, 0]
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else {
            throw Unavailable(reason: "socketpair: \(errno)")
        }
        return (ends[0], ends[1])
    }
}

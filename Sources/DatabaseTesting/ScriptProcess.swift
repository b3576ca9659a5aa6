import Glibc
import Synchronization

/// A Python script under `Tests/`, as a process of its own, spoken to in lines. It is told of its end
/// by the end of its input: with the last reference to it, or with this process, in whatever way that
/// ends.
///
/// Spawned without Foundation: its `Process` watches a descriptor with select(2), which writes beyond
/// its set once the tests have a thousand descriptors open, and waits on a run loop that may never
/// hear of the end.
package final class ScriptProcess: Sendable {
    private let id: pid_t
    private let input: Int32
    private let output: Int32
    private let isRunning = Atomic(true)

    /// Why there is no such process.
    package struct Unavailable: Error {
        package let reason: String
    }

    /// `script` is a path below `Tests/`.
    package init(_ script: String, _ words: [String]) throws(Unavailable) {
        let (input, inputEnd) = try Self.makePipe()
        let (output, outputEnd) = try Self.makePipe()
        // Only the script has its ends now, so that its end is heard.
        defer { for end in [inputEnd, outputEnd] { close(end) } }
        (self.input, self.output) = (input, output)
        id = Self.spawn([Self.folder + script] + words, inputEnd, outputEnd)
        guard id > 0 else { throw Unavailable(reason: "python3 does not start") }
    }

    deinit {
        close(input)
        wait()
        close(output)
    }

    package func send(line: String) {
        let line = line + "\n"
        _ = Glibc.send(input, line, line.utf8.count, Int32(MSG_NOSIGNAL))
    }

    /// Waits for the next line; empty when there is none any more.
    package func line() -> String {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while read(output, &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
        return String(decoding: line, as: UTF8.self)
    }

    /// Ends it as a crash does. What it listened on is free then.
    package func kill() {
        guard isRunning.load(ordering: .relaxed) else { return }
        _ = Glibc.kill(id, SIGKILL)
        wait()
    }

    private func wait() {
        guard isRunning.exchange(false, ordering: .relaxed), id > 0 else { return }
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
    }

    private static let folder: String = {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/\(root)/Tests/"
    }()

    private static func spawn(_ words: [String], _ input: Int32, _ output: Int32) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var arguments = (["python3", "-W", "ignore"] + words).map { strdup($0) } + [nil]
        defer { for text in arguments { free(text) } }
        var id: pid_t = 0
        let error = posix_spawn(&id, "/usr/bin/python3", &actions, nil, &arguments, environ)
        return error == 0 ? id : -1
    }

    /// Sockets, because those can be closed on exec from the start.
    private static func makePipe() throws(Unavailable) -> (Int32, Int32) {
        var ends: [Int32] = [0, 0]
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else {
            throw Unavailable(reason: "socketpair: \(errno)")
        }
        return (ends[0], ends[1])
    }
}

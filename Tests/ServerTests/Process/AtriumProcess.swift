import Glibc
import Testing

/// The built `atrium`, as a process of its own.
///
/// Spawned without Foundation: its `Process` watches a descriptor with select(2), which writes beyond
/// its set once the tests have a thousand descriptors open.
final class AtriumProcess: Sendable {
    private let id: pid_t
    private let output: Int32
    private let complaints: Int32

    /// Beside the test bundle.
    static let executable: String = {
        let path = readLink("/proc/self/exe") ?? CommandLine.arguments[0]
        return "/" + path.split(separator: "/").dropLast().joined(separator: "/") + "/atrium"
    }()

    /// Starts with these variables and no others.
    init(_ words: [String], variables: [String: String] = [:], in directory: String = "/") throws {
        let (output, outputEnd) = try makePipe()
        let (complaints, complaintsEnd) = try makePipe()
        defer {
            close(outputEnd)
            close(complaintsEnd)
        }
        var variables = variables
        variables["LD_LIBRARY_PATH"] = getenv("LD_LIBRARY_PATH").map { String(cString: $0) } ?? ""
        id = try spawn(
            [Self.executable] + words, variables: variables.map { "\($0.key)=\($0.value)" },
            in: directory, output: outputEnd, complaints: complaintsEnd)
        self.output = output
        self.complaints = complaints
    }

    deinit {
        close(output)
        close(complaints)
    }

    func signal(_ signal: Int32) { kill(id, signal) }

    /// Waits for the process's end. The status of one that a signal ended is that signal, negative.
    func end() -> (status: Int32, output: String, complaints: [String]) {
        let printed = readToEnd(output)
        let complained = readToEnd(complaints)
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        let lines = complained.split(separator: "\n").map(String.init)
        return (signal == 0 ? status >> 8 & 0xFF : -signal, printed, lines)
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
        guard let text = readOnce(output) else {
            let end = end()
            throw Ended(status: end.status, complaints: end.complaints)
        }
        return text
    }

    /// It ended before it served.
    struct Ended: Error {
        let status: Int32
        let complaints: [String]
    }
}

/// A call of the system that failed.
private struct SystemError: Error {
    let call: String
    let number: Int32
}

private func spawn(
    _ words: [String], variables: [String], in directory: String, output: Int32, complaints: Int32
) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, complaints, 2)

    // As from a terminal: nothing ignored, nothing blocked, whoever runs the tests.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGINT, SIGTERM, SIGPIPE] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
        &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    let words = ["/usr/bin/env", "-C", directory] + words
    var arguments = words.map { strdup($0) } + [nil]
    var environment = variables.map { strdup($0) } + [nil]
    defer { for text in arguments + environment { free(text) } }
    var id: pid_t = 0
    let error = posix_spawn(&id, words[0], &actions, &attributes, &arguments, &environment)
    guard error == 0 else { throw SystemError(call: "posix_spawn", number: error) }
    return id
}

/// The reading and the writing end: sockets, because those can be closed on exec from the start, so
/// that no other test's process inherits them.
private func makePipe() throws -> (Int32, Int32) {
    var ends: [Int32] = [0, 0]
    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, type, 0, &ends) == 0 else {
        throw SystemError(call: "socketpair", number: errno)
    }
    return (ends[0], ends[1])
}

private func readToEnd(_ descriptor: Int32) -> String {
    var text = ""
    while let more = readOnce(descriptor) { text += more }
    return text
}

/// Nil at the end.
private func readOnce(_ descriptor: Int32) -> String? {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    var count = 0
    repeat { count = read(descriptor, &bytes, bytes.count) } while count < 0 && errno == EINTR
    return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
}

private func readLink(_ path: String) -> String? {
    var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = bytes.withUnsafeMutableBytes {
        readlink(path, $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count)
    }
    return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
}

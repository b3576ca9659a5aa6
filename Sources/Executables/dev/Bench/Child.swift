import Glibc

/// A program that a measurement starts: spawned without Foundation's `Process`, whose own work would
/// count as the program's start. Ended with the last reference, and by Ctrl-C.
final class Child {
    let pid: pid_t
    let log: String
    private var status: Int32?

    /// Its output goes to the file `log`.
    init(_ words: [String], environment: [String: String] = [:], log: String) throws {
        self.log = log
        pid = Self.spawn(words, environment, log)
        guard pid > 0 else { throw Problem("\(words[0]) does not start") }
        Interruption.register(pid)
    }

    deinit {
        if isRunning { end(SIGKILL) }
        Interruption.forget(pid)
    }

    var isRunning: Bool {
        if status != nil { return false }
        var word: Int32 = 0
        guard waitpid(pid, &word, WNOHANG) == pid else { return true }
        status = word
        return false
    }

    /// Whether it ended by itself with status 0.
    func wait() -> Bool {
        var word: Int32 = 0
        while status == nil {
            if waitpid(pid, &word, 0) == pid { status = word }
        }
        Interruption.forget(pid)
        return status == 0
    }

    func end(_ signal: Int32 = SIGTERM) {
        guard isRunning else { return }
        kill(pid, signal)
        _ = wait()
    }

    var lines: [String] {
        TextFile.read(log).split(separator: "\n").map(String.init)
    }

    /// Runs it to its end and returns what it wrote.
    static func output(of words: [String], log: String) throws -> [String] {
        let child = try Child(words, log: log)
        let isFine = child.wait()
        try Interruption.check()
        guard isFine else { throw Problem("\(words[0]): \(child.lines.last ?? "no word")") }
        return child.lines
    }

    private static func spawn(
        _ words: [String], _ environment: [String: String], _ log: String
    ) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") }
        defer { for text in arguments + variables { free(text) } }
        arguments.append(nil)
        var inherited = environ
        while let text = inherited.pointee {
            variables.append(strdup(text))
            inherited += 1
        }
        variables.append(nil)
        var attributes = signalsOpen()
        defer { posix_spawnattr_destroy(&attributes) }
        var pid: pid_t = -1
        let code = posix_spawnp(&pid, words[0], &actions, &attributes, arguments, variables)
        return code == 0 ? pid : -1
    }

    /// A thread of Swift's pool blocks every signal, and a child inherits that: pgbench would then
    /// never hear the alarm that ends it.
    private static func signalsOpen() -> posix_spawnattr_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        return attributes
    }
}

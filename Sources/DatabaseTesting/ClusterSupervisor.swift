import Glibc

/// The shell that makes, starts, stops and removes a throw-away cluster.
///
/// It reads commands from a socket whose other end this process holds. When the process ends, in
/// whatever way, the kernel closes that end, the shell reads end of file, stops the server and
/// removes its directory. It has a session of its own, so that Ctrl-C in a terminal does not reach
/// it before it has cleaned up.
final class ClusterSupervisor: Sendable {
    private let socket: Int32
    private let pid: pid_t

    /// Returns when the server answers; throws what the shell said when it does not.
    init(
        binaries: String, directory: String, user: String, securePort: String, sync: String
    ) throws(PostgresCluster.Unavailable) {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw PostgresCluster.Unavailable("no socket for the supervisor")
        }
        defer { close(ends[1]) }
        socket = ends[0]
        pid = Self.spawn(
            [
                "sh", "-c", Self.script, "atrium-postgres", binaries, directory, user, securePort,
                sync,
            ], input: ends[1])
        guard pid > 0 else { throw PostgresCluster.Unavailable("the shell does not start") }
        try waitForAnswer()
    }

    deinit {
        close(socket)
        var status: Int32 = 0
        if pid > 0 { waitpid(pid, &status, 0) }
    }

    /// Sends `stop`, `kill` or `start` and waits until it is done. One at a time.
    func command(_ command: String) throws(PostgresCluster.Unavailable) {
        let line = command + "\n"
        guard write(socket, line, line.utf8.count) == line.utf8.count else {
            throw PostgresCluster.Unavailable("the supervisor is gone")
        }
        try waitForAnswer()
    }

    private func waitForAnswer() throws(PostgresCluster.Unavailable) {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while read(socket, &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
        let answer = String(decoding: line, as: UTF8.self)
        if answer != "done" {
            throw PostgresCluster.Unavailable(answer.isEmpty ? "the supervisor ended" : answer)
        }
    }

    private static func spawn(_ arguments: [String], input: Int32) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_adddup2(&actions, input, 1)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        let ownSession: Int16 = 0x80  // POSIX_SPAWN_SETSID, which Glibc's module leaves out.
        posix_spawnattr_setflags(&attributes, ownSession)
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        var pid: pid_t = -1
        return posix_spawn(&pid, "/bin/sh", &actions, &attributes, words, environ) == 0 ? pid : -1
    }

    /// `$1` the server's binaries, `$2` an empty directory of our own, `$3` the user to run as, if
    /// not this one: PostgreSQL refuses to run as root. `$4` the loopback port for TLS, if any.
    /// `$5` whether what is committed is on the disk: nothing here survives a crash, so that is off
    /// unless it is what is looked at.
    ///
    /// The odd time zone proves that the store
    /// does not depend on the server's.
    private static let script = #"""
        bin=$1 dir=$2 user=$3 port=$4 sync=$5
        trap '' INT TERM HUP
        cd "$dir" || exit 1
        as() {
            if [ -n "$user" ]; then setpriv --reuid="$user" --regid="$user" --clear-groups "$@"
            else "$@"; fi
        }
        control() {
            as "$bin/pg_ctl" -s -w -t 300 -D "$dir/data" "$@" </dev/null >>"$dir/control.log" 2>&1
        }
        start() { control -l "$dir/server.log" start; }
        fail() { echo "$1: $(tail -n 1 "$2" 2>/dev/null)"; }
        stop_and_remove() { control -m immediate stop; rm -rf "$dir"; }
        if [ -n "$user" ]; then chown "$user" "$dir"; fi
        if ! as "$bin/initdb" -D "$dir/data" -U atrium -A trust -E UTF8 --locale=C.UTF-8 --no-sync \
            </dev/null >"$dir/initdb.log" 2>&1; then
            fail "initdb" "$dir/initdb.log"; rm -rf "$dir"; exit 1
        fi
        cat >>"$dir/data/postgresql.conf" <<END
        listen_addresses = ''
        unix_socket_directories = '$dir'
        fsync = $sync
        full_page_writes = $sync
        autovacuum = off
        shared_buffers = 32MB
        dynamic_shared_memory_type = mmap
        max_connections = 1000
        deadlock_timeout = 50ms
        timezone = '<+0545>-5:45'
        log_timezone = 'UTC'
        END
        if [ -n "$port" ]; then
            as openssl req -new -x509 -nodes -days 2 -subj /CN=localhost \
                -keyout "$dir/data/server.key" -out "$dir/data/server.crt" \
                </dev/null >"$dir/control.log" 2>&1
            cat >>"$dir/data/postgresql.conf" <<END
        ssl = on
        listen_addresses = '127.0.0.1'
        port = $port
        END
        fi
        if ! start; then fail "start" "$dir/server.log"; stop_and_remove; exit 1; fi
        echo done
        while read -r command; do
            case $command in
                stop) control -m fast stop ;;
                kill) control -m immediate stop ;;
                start) start ;;
                *) false ;;
            esac && echo done || fail "$command" "$dir/control.log"
        done
        stop_and_remove
        """#
}

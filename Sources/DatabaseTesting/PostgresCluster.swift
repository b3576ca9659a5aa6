import CPostgres
import Glibc
import Synchronization

/// A throw-away PostgreSQL server on a Unix socket in a temporary directory.
///
/// Suites share one, started on first use; a test that stops the server starts its own. It ends and
/// its directory goes when the last reference does, and when the process ends, even by `kill -9`.
package final class PostgresCluster: Sendable {
    /// Why there is no server, in one line.
    package struct Unavailable: Error, CustomStringConvertible {
        package let description: String

        init(_ reason: String) {
            description = "PostgreSQL for tests: " + reason
        }
    }

    /// Where the socket lies.
    package let directory: String
    private let supervisor: ClusterSupervisor
    private let serial = Atomic<Int>(0)

    /// The port on 127.0.0.1 where the server speaks TLS, with a certificate of its own making.
    package let securePort: Int?

    /// A cluster of one's own, with TLS if asked. Takes a second or two. A durable one is on the disk
    /// and syncs what it commits; the others never do.
    package init(securePort: Int? = nil, isDurable: Bool = false) throws(Unavailable) {
        self.securePort = securePort
        guard let binaries = Self.binaries else { throw Unavailable(Self.howToInstall) }
        let make = isDurable ? makeTemporaryDirectory : makeMemoryDirectory
        guard let directory = make("atrium-pg") else {
            throw Unavailable("no temporary directory")
        }
        self.directory = directory
        supervisor = try ClusterSupervisor(
            binaries: binaries, directory: directory, user: getuid() == 0 ? "postgres" : "",
            securePort: securePort.map { "\($0)" } ?? "", sync: isDurable ? "on" : "off")
    }

    private static let sharedResult = Result { () throws(Unavailable) in try PostgresCluster() }

    /// The one that all suites use. Never stop it.
    package static var shared: PostgresCluster {
        get throws(Unavailable) { try sharedResult.get() }
    }

    /// Whether tests on PostgreSQL run here: it is installed, or `ATRIUM_REQUIRE_POSTGRES` or `CI`
    /// make its absence a failure. Says once on standard error when they are skipped.
    package static let isExpected: Bool = {
        if binaries != nil || isRequired { return true }
        let line = "PostgreSQL for tests: SKIPPED, \(howToInstall)\n"
        write(STDERR_FILENO, line, line.utf8.count)
        return false
    }()

    // MARK: Databases

    /// A new database and its URL: empty, or a copy of `template`, to which nobody may be connected.
    package func makeDatabase(from template: String = "template0") throws(Unavailable) -> String {
        let name = "test_\(serial.add(1, ordering: .relaxed).newValue)"
        try run("CREATE DATABASE \(name) TEMPLATE \(template) STRATEGY file_copy")
        return url(of: name)
    }

    /// The URL of a database, there or not.
    package func url(of database: String) -> String {
        "postgresql:///\(database)?host=\(directory)&user=atrium&port=\(securePort ?? 5432)"
    }

    /// Removes a database and ends its connections.
    package func dropDatabase(url: String) throws(Unavailable) {
        try run("DROP DATABASE IF EXISTS \(Self.name(of: url)) WITH (FORCE)")
    }

    /// Of the database that a URL leads to.
    private static func name(of url: String) -> String {
        String(url.split(separator: "/")[1].prefix { $0 != "?" })
    }

    /// Runs SQL in the database that a URL leads to.
    package func run(_ sql: String, at url: String) throws(Unavailable) {
        try run(sql, in: Self.name(of: url))
    }

    /// Runs SQL as a superuser on a connection of its own; returns the first column of its rows.
    @discardableResult
    package func run(_ sql: String, in database: String = "postgres") throws(Unavailable)
        -> [String]
    {
        let connection = PQconnectdb(url(of: database))
        defer { PQfinish(connection) }
        guard PQstatus(connection) == CONNECTION_OK else {
            throw Unavailable(String(cString: PQerrorMessage(connection)))
        }
        let result = PQexec(connection, sql)
        defer { PQclear(result) }
        let status = PQresultStatus(result)
        guard status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK else {
            throw Unavailable(String(cString: PQerrorMessage(connection)))
        }
        return (0..<PQntuples(result)).map { String(cString: PQgetvalue(result, $0, 0)) }
    }

    // MARK: The server

    /// Stops the server: `fast` ends connections with a word, otherwise as a crash does.
    package func stop(fast: Bool = true) throws(Unavailable) {
        try supervisor.command(fast ? "stop" : "kill")
    }

    package func start() throws(Unavailable) {
        try supervisor.command("start")
    }

    // MARK: Finding it

    private static let howToInstall =
        "not installed (apt install postgresql, or ATRIUM_POSTGRES_BIN=<directory of initdb>)"

    private static var isRequired: Bool {
        ["ATRIUM_REQUIRE_POSTGRES", "CI"].contains { name in
            let value = environment(name) ?? ""
            return !["", "0", "false"].contains(value)
        }
    }

    /// The directory of initdb and pg_ctl: the newest that Debian's packages put there.
    package static let binaries: String? = {
        var candidates = environment("ATRIUM_POSTGRES_BIN").map { [$0] } ?? []
        var found = glob_t()
        defer { globfree(&found) }
        if glob("/usr/lib/postgresql/*/bin", 0, nil, &found) == 0 {
            let paths = (0..<Int(found.gl_pathc)).compactMap {
                found.gl_pathv[$0].map { String(cString: $0) }
            }
            candidates += paths.sorted { version(of: $0) > version(of: $1) }
        }
        return candidates.first { access($0 + "/initdb", X_OK) == 0 }
    }()

    private static func version(of path: String) -> Int {
        path.split(separator: "/").compactMap { Int($0) }.first ?? 0
    }

    private static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}

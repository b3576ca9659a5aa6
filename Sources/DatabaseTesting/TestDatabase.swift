import Glibc
import SQL

/// A fresh database of an engine for one test: a file in a directory of its own, or a database in
/// the shared cluster. `remove` it when nothing has it open.
package struct TestDatabase: Sendable {
    package let engine: Engine
    /// SQLite: the file's path. PostgreSQL: a URL.
    package let location: String

    package init(on engine: Engine) throws {
        self.engine = engine
        switch engine {
        case .sqlite: location = try Self.makeFile()
        case .postgres: location = try PostgresCluster.shared.makeDatabase()
        }
    }

    /// One that another process has made.
    package init(engine: Engine, location: String) {
        (self.engine, self.location) = (engine, location)
    }

    package func remove() {
        switch engine {
        case .sqlite:
            for suffix in ["", "-wal", "-shm", "-journal"] { unlink(location + suffix) }
            rmdir(String(location.dropLast("/test.db".count)))
        case .postgres: try? PostgresCluster.shared.dropDatabase(url: location)
        }
    }

    private static func makeFile() throws -> String {
        guard let directory = makeTemporaryDirectory("atrium-db") else {
            throw DatabaseError(.storage, "no temporary directory for the test")
        }
        return directory + "/test.db"
    }
}

extension Engine {
    /// The engines that tests run on here: `@Test(arguments: Engine.tested)`. PostgreSQL is missing
    /// when it is not installed, unless it is required.
    package static var tested: [Engine] {
        PostgresCluster.isExpected ? [.sqlite, .postgres] : [.sqlite]
    }
}

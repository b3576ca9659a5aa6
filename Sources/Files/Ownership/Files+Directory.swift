import Glibc
import Logs
import Loop
import SQL
import Values

extension Files {
    /// Looks at a start whether the directory is this database's. Throws `ForeignDirectory` where it is
    /// not; a disk that fails is told, and keeps nobody from anything but files.
    package func open(_ logger: Logger) async throws {
        do {
            // Most have none, and are not to wait for a thread.
            let isThere = access(options.directory, F_OK) == 0
            let standing =
                isThere ? try await ownership.claim(making: false, at: clock.now) : .absent
            guard standing.isEmpty,
                try await !database.all(StoredFile.newest, 1).isEmpty
            else { return }
            logger.warn(
                "the database knows of files, and their directory has none: is its disk mounted?",
                ["directory": .string(options.directory)])
        } catch let error as ForeignDirectory {
            throw error
        } catch let error as DatabaseError {
            throw error
        } catch {
            // No room for a mark, most often, or no right to it.
            logger.error("the directory of files cannot be used", ["error": LogValue(error)])
        }
    }

    /// Takes note of a file that was to be sent and was not there; the client has a 404. Files that are none
    /// of ours are passed over.
    package func noteMissing(_ path: String, _ logger: Logger) {
        guard let id = store.id(at: path) else { return }
        counts.countMissed()
        guard missing.isNews(id, at: clock.now) else { return }
        logger.error(
            "a file is not on the disk, or cannot be opened",
            ["file": .string(id.description), "path": .string(path)])
    }

    /// Makes the directory this database's, whosever it was.
    package func adopt() async throws { try await ownership.adopt(at: clock.now) }

    /// How many files there are in the directory.
    package func census() async throws -> FileCensus {
        try await DiskSweep(self, at: clock.now).census()
    }

    /// Takes back from the trash what has a row again. Returns how many that were.
    package func recover() async throws -> Int {
        try await ownership.claim(making: false, at: clock.now)
        return try await Trash(self, at: clock.now).recover()
    }
}

/// What a directory has.
package struct FileCensus: Hashable, Sendable {
    package var files = 0
    /// Those of which the database knows nothing.
    package var orphans = 0
}

/// What there is to say of a directory beside a database.
package struct DirectoryReport: Sendable {
    package let foreign: ForeignDirectory?
    /// The newest rows whose files are not there, and how many were looked at.
    package let missing: [ID<StoredFile>]
    package let sampled: Int

    /// Looks, and changes nothing.
    package init(
        on directory: String, _ database: any Database, _ randomness: Randomness
    ) async throws {
        let pool = BlockingPool(name: "disks", threads: 1, queueLimit: 8)
        defer { pool.stop() }
        let store = FileStore(directory: directory, bytesKeptFree: 0, pool: pool)
        switch try await DirectoryOwnership(store, database, randomness).standing() {
        case .foreign(let reason):
            foreign = ForeignDirectory(directory: directory, reason: reason)
        case .absent, .ours, .free: foreign = nil
        }
        let newest = try await database.all(StoredFile.newest, DirectoryOwnership.sample).map(
            \.value)
        sampled = newest.count
        missing = try await store.onPool { newest.filter { !store.has($0) } }
    }
}

import API
import Identity
import Jobs
import Loop
import SQL
import Secrets
import Surfaces
import Values

// Files: what users send as bytes, kept on a disk beside the database.
//
// An upload is a form in parts; `Receiving` streams its file to the disk and holds no more of it than
// a piece. A file has a name that nobody guesses before it has a row, and a row before anybody is
// told of it: so whatever is cut off in between is an orphan, which `Retention` finds from either
// side. A row waits until something claims it in its own transaction, and what nobody claims goes.
// Nothing is looked for in a directory that is another database's (`Ownership`).
// What a file is, its first bytes say (`Kinds`), never its name or its sender.

/// The files of users, for their own use at `/api/v1/files` and for apps.
package struct Files: Sendable {
    package static let name = "files"

    /// What an operator may choose.
    package struct Options: Sendable {
        /// Where files are. Nodes of one database share it.
        package var directory = "data/files"
        /// Bytes of one file.
        package var bytesMax = 25 << 20
        /// Bytes, and files, of one user.
        package var userBytesMax = 1 << 30
        package var userFilesMax = 10_000
        /// Uploads at once, of this node and of one user on it.
        package var uploadsMax = 64
        package var userUploadsMax = 4
        /// From the first byte of an upload to its last.
        package var uploadTime: Duration = .minutes(30)
        /// How long a file is kept that nothing claims.
        package var waitsFor: Duration = .hours(1)
        /// How long a link is good at least; at most twice as long.
        package var linkTime: Duration = .hours(1)
        /// What uploads leave free of the disk, for the database and all others.
        package var bytesKeptFree = 256 << 20
        /// How long a file without a row is kept.
        package var keepsOrphans: Duration = .days(7)

        package init() {}
    }

    /// What files are built on.
    package struct Parts: Sendable {
        package var identity: Identity
        package var signing: SigningSecrets
        /// Where disks are waited for.
        package var pool: BlockingPool
        package var clock: Clock

        package init(
            identity: Identity, signing: SigningSecrets, pool: BlockingPool, clock: Clock
        ) {
            (self.identity, self.signing) = (identity, signing)
            (self.pool, self.clock) = (pool, clock)
        }
    }

    package let options: Options
    let identity: Identity
    let clock: Clock
    let store: FileStore
    let links: FileLinks
    let places: UploadPlaces
    let ownership: DirectoryOwnership
    let missing = MissingFiles()
    /// What was done since the start, for metrics.
    package let counts = FileCounts()

    package init(_ parts: Parts, _ options: Options) {
        self.options = options
        (identity, clock) = (parts.identity, parts.clock)
        store = FileStore(
            directory: options.directory, bytesKeptFree: options.bytesKeptFree, pool: parts.pool)
        links = FileLinks(parts.signing, window: options.linkTime)
        places = UploadPlaces(all: options.uploadsMax, ofUser: options.userUploadsMax)
        ownership = DirectoryOwnership(
            store, parts.identity.database, parts.identity.randomness)
    }

    package func module(_ surfaces: SurfaceList) -> Module {
        Module(
            Self.name, migrations: Self.migrations, statements: StoredFile.statements,
            parts: [v1(surfaces.callers)], jobs: [FileRetention.handler(self)],
            recurring: [FileRetention.schedule])
    }

    var database: any Database { identity.database }
    var usage: FileUsage {
        FileUsage(bytesMax: options.userBytesMax, filesMax: options.userFilesMax)
    }

    /// Bytes that are free on the disk of a directory; nil where that is not there.
    package static func freeBytes(_ directory: String) -> Int? { Directory.freeBytes(directory) }

    /// Uploads that are under way on this node.
    package var uploads: Int { places.taken }
}

extension Scope {
    package static let filesRead = Scope(known: "files:read")
    package static let filesWrite = Scope(known: "files:write")
}

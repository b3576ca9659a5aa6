import SQL
import Synchronization
import Values

/// Whether the directory is this database's, and makes it so where nothing speaks against that.
///
/// What has no row is deleted in the end, so that a database with another's files would delete them all.
/// So a directory is marked with the id of its database, once: when it is empty, or when the database
/// knows files in it. What bears another mark, or has files that the database knows nothing of, is left
/// alone until somebody says that it is meant.
final class DirectoryOwnership: Sendable {
    enum Standing: Hashable, Sendable {
        case absent
        case ours
        /// Without a mark, or with that of a time which the database does not remember.
        case free(DirectoryMark, hasFiles: Bool)
        case foreign(ForeignDirectory.Reason)

        /// Whether there are no files, for all that is known.
        var isEmpty: Bool {
            switch self {
            case .absent, .free(_, hasFiles: false): true
            default: false
            }
        }
    }

    /// Rows that are looked for, from either end.
    static let sample = 100

    let store: FileStore
    private let database: any Database
    private let randomness: Randomness
    private let isKnownAsOurs = Atomic(false)

    init(_ store: FileStore, _ database: any Database, _ randomness: Randomness) {
        (self.store, self.database, self.randomness) = (store, database, randomness)
    }

    // MARK: Looking

    func standing() async throws -> Standing {
        guard let mark = try await mark() else { return .absent }
        let own = try await database.first(FileDirectory.find)?.value
        switch mark {
        case .of(let id) where id == own: return .ours
        case .of(let id):
            guard own == nil, try await knowsFiles() else { return .foreign(.marked(id)) }
            return .free(mark, hasFiles: true)
        case .illegible: return .foreign(.illegible)
        case .unmarked:
            guard try await store.onPool({ [store] in store.hasFiles }) else {
                return .free(mark, hasFiles: false)
            }
            return try await knowsFiles() ? .free(mark, hasFiles: true) : .foreign(.unknownFiles)
        }
    }

    private func mark() async throws -> DirectoryMark? {
        try await store.onPool { [store] () throws(StorageError) in
            try DirectoryMark.read(store.directory)
        }
    }

    /// Whether the directory has any of those of which the database knows.
    private func knowsFiles() async throws -> Bool {
        for some in [
            try await database.all(StoredFile.oldest, Self.sample),
            try await database.all(StoredFile.newest, Self.sample),
        ] {
            let ids = some.map(\.value)
            if try await store.onPool({ [store] in ids.contains(where: store.has) }) { return true }
        }
        return false
    }

    // MARK: Claiming

    /// Makes the directory ours, or throws `ForeignDirectory`. What is absent is made if that is wanted,
    /// and else stays so. Returns what it was.
    @discardableResult
    func claim(making: Bool, at now: Instant) async throws -> Standing {
        var standing = try await standing()
        if making, standing == .absent {
            try await store.onPool { [store] () throws(StorageError) in
                try Directory.make(store.directory)
            }
            standing = try await self.standing()
        }
        switch standing {
        case .absent: return standing
        case .ours: break
        case .free(let mark, _): try await take(mark, at: now)
        case .foreign(let reason):
            isKnownAsOurs.store(false, ordering: .relaxed)
            throw ForeignDirectory(directory: store.directory, reason: reason)
        }
        isKnownAsOurs.store(true, ordering: .relaxed)
        return standing
    }

    /// The same for whoever is about to write, who need not look each time: the job does, every hour.
    func require(at now: Instant) async throws {
        if isKnownAsOurs.load(ordering: .relaxed) { return }
        try await claim(making: true, at: now)
    }

    /// Makes the directory ours whosever it was.
    func adopt(at now: Instant) async throws {
        try await store.onPool { [store] () throws(StorageError) in
            try Directory.make(store.directory)
        }
        try await take(.unmarked, at: now)
        isKnownAsOurs.store(true, ordering: .relaxed)
    }

    /// A database that remembers no mark takes that of the directory which has its files.
    private func take(_ mark: DirectoryMark, at now: Instant) async throws {
        var wanted = ID<FileDirectory>(at: now, from: randomness)
        let name = wanted.description
        if case .of(let id) = mark { wanted = id }
        guard let own = try await database.first(FileDirectory.insertOrFind, wanted, now)?.value
        else { return }
        if mark != .of(own) {
            try await store.onPool { [store] () throws(StorageError) in
                try DirectoryMark.write(own, in: store.directory, under: name)
            }
        }
        // Another database may have been as fast.
        if case .of(let id) = try await self.mark(), id != own {
            throw ForeignDirectory(directory: store.directory, reason: .marked(id))
        }
    }
}

import Glibc
import SQL
import Values

/// Looks for files on the disk that have no row, and for what was begun and never ended.
///
/// Ids begin with the time when their file was begun, and no upload lasts as long as what is young is
/// left alone. A folder has the ids of a time, as the table has, so that the two are compared piece by
/// piece. Which folder comes first changes from hour to hour: where there is too much for one job, each
/// has its turn. A file without a row is put aside, and not deleted: the database may be an old one.
struct DiskSweep {
    /// Names that are compared with one statement.
    private static let batch = 500
    /// What one job looks at.
    private static let namesMax = 200_000

    private let files: Files
    private let now: Instant
    /// What is older is no upload that is under way.
    private let oldest: Instant

    init(_ files: Files, at now: Instant) {
        (self.files, self.now) = (files, now)
        oldest = now - max(.hours(1), files.options.uploadTime * 2)
    }

    private var store: FileStore { files.store }

    func callAsFunction() async throws {
        try await deletePartials()
        var left = Self.namesMax
        for folder in try await folders().inTurn(at: now) {
            try Task.checkCancellation()
            if left <= 0 { return }
            left -= try await sweep(folder)
        }
    }

    /// All that there is, whatever its age, and changes nothing.
    func census() async throws -> FileCensus {
        var census = FileCensus()
        for folder in try await folders() {
            let ids = try await names(in: store.folder(folder)).compactMap(FileStore.id(named:))
            census.files += ids.count
            for some in ids.batches(of: Self.batch) {
                census.orphans += try await orphans(among: some).count
            }
        }
        return census
    }

    private func folders() async throws -> [String] {
        try await names(in: store.directory).filter(FileStore.isFolder)
    }

    private func deletePartials() async throws {
        let partials = store.partials
        let old = ids(try await names(in: partials))
        try await store.onPool { () throws(StorageError) in
            for id in old { unlink("\(partials)/\(id)") }
        }
    }

    private func names(in path: String) async throws -> [String] {
        try await store.onPool { () throws(StorageError) in Directory.names(in: path) }
    }

    /// Those that are old enough. What else is there is none of ours.
    private func ids(_ names: [String]) -> [ID<StoredFile>] {
        names.compactMap(FileStore.id(named:)).filter { $0.instant < oldest }
    }

    /// How many names there were.
    private func sweep(_ folder: String) async throws -> Int {
        let names = try await names(in: store.folder(folder))
        let old = ids(names).filter { FileStore.folderName(of: $0) == folder }
        for some in old.batches(of: Self.batch) {
            let orphans = try await orphans(among: some)
            try await store.putAside(orphans, on: Trash.day(of: now))
            files.counts.countOrphans(orphans.count)
        }
        if names.count == old.count { try await removeIfEmpty(folder) }
        return names.count + 1
    }

    /// Those that have no row, among some of one folder.
    private func orphans(among some: [ID<StoredFile>]) async throws -> [ID<StoredFile>] {
        guard let first = some.first, let last = some.last else { return [] }
        let rows = try await files.database.all(StoredFile.idsBetween, first, last)
        let known = Set(rows.map(\.value))
        return some.filter { !known.contains($0) }
    }

    /// One of a time that is over. The system refuses what is not empty.
    private func removeIfEmpty(_ folder: String) async throws {
        let time = UInt64(max(0, oldest.milliseconds))
        guard folder < FileStore.folderName(of: ID(high: time << 16, low: 0)) else { return }
        let path = store.folder(folder)
        try await store.onPool { () throws(StorageError) in _ = rmdir(path) }
    }
}

extension ID {
    /// When it was made, to the millisecond.
    fileprivate var instant: Instant { Instant(microseconds: Int64(high >> 16) * 1000) }
}

extension Array {
    /// Beginning with another in each hour, `step` further on.
    func inTurn(at now: Instant, step: Int = 1) -> [Element] {
        guard !isEmpty else { return [] }
        let first = Int(Swift.max(0, now.seconds) / 3600) * step % count
        return Array(self[first...] + self[..<first])
    }
}

import Glibc
import SQL
import Values

/// Files without a row, until they are deleted: long enough for somebody to find out that the database is
/// older than they are.
///
/// Each is in the folder of the day on which it came, such as `trash/2026-11-26`. What has a row again,
/// because a newer database took the place of the old one, goes back where it was.
struct Trash {
    private static let batch = 500
    /// Names that one job looks at. Each is a question to the database.
    private static let namesMax = 50_000
    /// No setting means more, and no instant lacks a day.
    private static let longest: Duration = .days(36_500)

    private let files: Files
    private let now: Instant

    init(_ files: Files, at now: Instant) { (self.files, self.now) = (files, now) }

    private var store: FileStore { files.store }

    /// The name of an instant's folder.
    static func day(of instant: Instant) -> String { String(instant.description.prefix(10)) }

    private static func isDay(_ name: String) -> Bool {
        name.utf8.count == 10 && Instant(name + "T00:00:00Z") != nil
    }

    /// Puts back what has a row, and deletes what has been here for long enough.
    func tidy() async throws {
        let end = Self.day(of: now - min(files.options.keepsOrphans, Self.longest))
        var left = Self.namesMax
        for day in try await days().inTurn(at: now) {
            let ids = try await ids(of: day).inTurn(at: now, step: Self.namesMax).prefix(left)
            left -= ids.count
            for some in Array(ids).batches(of: Self.batch) {
                try Task.checkCancellation()
                let known = try await putBack(some, from: day)
                if day < end { await store.delete(some.filter { !known.contains($0) }, from: day) }
            }
            await store.removeIfEmpty(day)
            if left <= 0 { return }
        }
    }

    /// Puts back what has a row, all of it. Returns how many that were.
    func recover() async throws -> Int {
        var count = 0
        for day in try await days() {
            for some in try await ids(of: day).batches(of: Self.batch) {
                count += try await putBack(some, from: day).count
            }
            await store.removeIfEmpty(day)
        }
        return count
    }

    private func days() async throws -> [String] {
        try await store.onPool { [store] in Directory.names(in: store.trash).filter(Self.isDay) }
    }

    private func ids(of day: String) async throws -> [ID<StoredFile>] {
        try await store.onPool { [store] in
            Directory.names(in: store.trash(day)).compactMap(FileStore.id(named:))
        }
    }

    /// Those that have a row.
    private func putBack(
        _ some: [ID<StoredFile>], from day: String
    ) async throws -> Set<ID<StoredFile>> {
        var known: Set<ID<StoredFile>> = []
        for id in some {
            if try await files.database.first(StoredFile.findID, id) != nil { known.insert(id) }
        }
        try await store.putBack(known, from: day)
        return known
    }
}

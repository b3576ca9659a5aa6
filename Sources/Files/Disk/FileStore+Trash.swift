import CLinux
import Glibc
import Values

extension FileStore {
    var trash: String { "\(directory)/trash" }
    func trash(_ day: String) -> String { "\(trash)/\(day)" }
    private func path(of id: ID<StoredFile>, in day: String) -> String { "\(trash(day))/\(id)" }

    /// Moves files into the trash. One that is not there has been moved or deleted before.
    func putAside(_ ids: [ID<StoredFile>], on day: String) async throws {
        if ids.isEmpty { return }
        try await onPool { () throws(StorageError) in
            try Directory.make(trash)
            try Directory.make(trash(day))
            for id in ids { try Self.move(path(of: id), to: path(of: id, in: day)) }
        }
    }

    /// Moves files out of the trash, each to its place.
    func putBack(_ ids: Set<ID<StoredFile>>, from day: String) async throws {
        if ids.isEmpty { return }
        try await onPool { () throws(StorageError) in
            for id in ids {
                try Directory.make(folder(of: id))
                try Self.move(path(of: id, in: day), to: path(of: id))
            }
        }
    }

    func delete(_ ids: [ID<StoredFile>], from day: String) async {
        try? await pool.run { for id in ids { unlink(path(of: id, in: day)) } }
    }

    /// The system refuses what is not empty.
    func removeIfEmpty(_ day: String) async {
        try? await pool.run {
            rmdir(trash(day))
            rmdir(trash)
        }
    }

    private static func move(_ path: String, to place: String) throws(StorageError) {
        if rename(path, place) == 0 || linux_errno() == ENOENT { return }
        throw StorageError("\(path) cannot be moved to \(place)")
    }
}

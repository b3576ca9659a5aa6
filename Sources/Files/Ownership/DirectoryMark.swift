import CLinux
import Glibc
import Values

/// Whose files a directory has: a file in it names the database, by an id that the database keeps, too.
enum DirectoryMark: Hashable, Sendable {
    case unmarked
    case of(ID<FileDirectory>)
    /// There is one, and it names nobody.
    case illegible

    /// A name that a backup does not pass over.
    static let name = "database.mark"

    /// Nil where there is no directory.
    static func read(_ directory: String) throws(StorageError) -> DirectoryMark? {
        let path = "\(directory)/\(name)"
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            guard linux_errno() == ENOENT else { throw StorageError("\(path) cannot be read") }
            return access(directory, F_OK) == 0 ? .unmarked : nil
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: ID<FileDirectory>.textCount)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { throw StorageError("\(path) cannot be read") }
        let text = String(decoding: bytes.prefix(count), as: UTF8.self)
        return ID<FileDirectory>(text).map(DirectoryMark.of) ?? .illegible
    }

    /// Puts a mark in the place of what was there. Returns when it outlives the power. `name` is one that
    /// nobody else writes at the same time.
    static func write(
        _ id: ID<FileDirectory>, in directory: String, under name: String
    ) throws(StorageError) {
        let file = try PartialFile("\(directory)/\(Self.name).\(name)")
        do {
            try file.append(Array("\(id)\n\(words)\n".utf8))
            try file.keep(as: "\(directory)/\(Self.name)", in: directory)
        } catch {
            file.discard()
            throw error
        }
    }

    /// For whoever finds it.
    private static let words =
        "The files here belong to the Atrium database that has this id. Leave this file with them."
}

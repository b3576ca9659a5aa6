import API
import Glibc
import Loop
import Values

/// The files on the disk: each in the folder of the time when it was begun, by its id.
///
/// What is being written is in `partial`, on the same disk. Ids begin with their time, so that a folder
/// has the ids of about three days, one next to the other, as the database has them, too.
struct FileStore: Sendable {
    let directory: String
    let bytesKeptFree: Int
    let pool: BlockingPool

    /// Hexadecimal digits of an id that name its folder: twenty of the forty-eight bits of its time.
    static let folderDigits = 5

    var partials: String { "\(directory)/partial" }
    func folder(of id: ID<StoredFile>) -> String { folder(Self.folderName(of: id)) }
    func folder(_ name: String) -> String { "\(directory)/\(name)" }
    func path(of id: ID<StoredFile>) -> String { "\(folder(of: id))/\(id)" }

    static func folderName(of id: ID<StoredFile>) -> String {
        String(id.description.prefix(folderDigits))
    }

    static func isFolder(_ name: String) -> Bool {
        name.utf8.count == folderDigits
            && name.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
    }

    /// Nil where a file of this name is none of ours.
    static func id(named name: String) -> ID<StoredFile>? {
        guard let id = ID<StoredFile>(name), id.description == name else { return nil }
        return id
    }

    /// Nil where no file of ours has the path.
    func id(at path: String) -> ID<StoredFile>? {
        guard let id = Self.id(named: String(path.suffix(ID<StoredFile>.textCount))),
            path == self.path(of: id)
        else { return nil }
        return id
    }

    // MARK: Looking

    /// Whether there are any. Blocks.
    var hasFiles: Bool {
        Directory.names(in: directory).contains { folder in
            Self.isFolder(folder)
                && Directory.names(in: self.folder(folder)).contains { Self.id(named: $0) != nil }
        }
    }

    /// Blocks.
    func has(_ id: ID<StoredFile>) -> Bool { access(path(of: id), F_OK) == 0 }

    // MARK: Writing

    /// Begins a file. `bytes` is what is to come, where that is known.
    func begin(_ id: ID<StoredFile>, expecting bytes: Int) async throws -> PartialFile {
        try await onPool { () throws(StorageError) in
            try Directory.make(directory)
            try Directory.make(partials)
            try requireRoom(for: bytes)
            return try PartialFile("\(partials)/\(id)")
        }
    }

    func append(_ bytes: [UInt8], to file: PartialFile) async throws {
        try await onPool { () throws(StorageError) in
            try requireRoom(for: bytes.count)
            try file.append(bytes)
        }
    }

    /// Returns when the file is in its place and stays there.
    func keep(_ file: PartialFile, as id: ID<StoredFile>) async throws {
        try await onPool { () throws(StorageError) in
            let folder = folder(of: id)
            try Directory.make(folder)
            try file.keep(as: path(of: id), in: folder)
            try Directory.sync(directory)
        }
    }

    private func requireRoom(for bytes: Int) throws(StorageError) {
        guard let free = Directory.freeBytes(directory), free - bytesKeptFree >= bytes else {
            throw StorageError(
                isFull: true,
                "\(directory) has no room beside the \(bytesKeptFree) bytes to be left")
        }
    }

    // MARK: Deleting

    /// Also where the disk's pool has much to do: what is left is found later.
    func discard(_ file: PartialFile) async {
        try? await pool.run { file.discard() }
    }

    /// What is not there has been deleted before.
    func delete(_ ids: [ID<StoredFile>]) async {
        try? await pool.run { for id in ids { unlink(path(of: id)) } }
    }

    func onPool<Value: Sendable>(
        _ work: @escaping @Sendable () throws(StorageError) -> Value
    ) async throws -> Value {
        let result = try await pool.run { () -> Result<Value, StorageError> in
            do throws(StorageError) {
                return .success(try work())
            } catch {
                return .failure(error)
            }
        }
        do throws(StorageError) {
            return try result.get()
        } catch {
            throw error.isFull ? Failure.storageFull.because(error) : error
        }
    }
}

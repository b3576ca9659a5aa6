import CLinux
import Glibc

/// What is done with folders. Its calls block.
enum Directory {
    /// Makes a folder in one that is there, for its owner only, unless it is there already.
    static func make(_ path: String) throws(StorageError) {
        if mkdir(path, 0o700) == 0 || linux_errno() == EEXIST { return }
        throw StorageError("the folder \(path) cannot be made")
    }

    /// Returns when the names in it outlive the power.
    static func sync(_ path: String) throws(StorageError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StorageError("the folder \(path) cannot be opened") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw StorageError("the folder \(path) cannot be made durable")
        }
    }

    /// The names in it, in their order; none where it is not there.
    static func names(in path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Bytes that are free for this program on the disk of a folder; nil where the folder is not there.
    static func freeBytes(_ path: String) -> Int? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        let (bytes, overflow) = UInt64(status.f_bavail).multipliedReportingOverflow(
            by: UInt64(status.f_frsize))
        return overflow ? .max : Int(clamping: bytes)
    }
}

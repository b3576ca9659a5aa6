import CLinux
import Glibc
import SQLiteStore

/// The directory in which a server keeps what is its own.
struct DataDirectory {
    let path: String

    /// Makes the directory and those above it where they are missing; this one for its owner only.
    func prepare() throws(StartFailure) {
        if let error = Self.make(path, mode: 0o700) {
            throw StartFailure(
                "The data directory \(path) cannot be made: \(error). "
                    + "Make it, or choose another with --data.")
        }
        guard access(path, W_OK | X_OK | R_OK) == 0 else {
            throw StartFailure(
                "The data directory \(path) cannot be written: \(Self.systemError()). "
                    + "Give this user the right to it, or choose another with --data.")
        }
    }

    /// Keeps a second server out.
    func lock() throws(StartFailure) -> DirectoryLock {
        do {
            return try DirectoryLock(path)
        } catch {
            throw StartFailure(
                "\(error) Stop that server, or choose another directory with --data.")
        }
    }

    /// Nil when the directory is there afterwards, else what the system says.
    private static func make(_ path: String, mode: mode_t) -> String? {
        if mkdir(path, mode) == 0 { return nil }
        switch linux_errno() {
        case EEXIST: return isDirectory(path) ? nil : "it is a file"
        case ENOENT:
            guard let slash = path.lastIndex(of: "/"), slash != path.startIndex,
                slash < path.index(before: path.endIndex)
            else { return systemError() }
            if let error = make(String(path[..<slash]), mode: 0o755) { return error }
            return mkdir(path, mode) == 0 ? nil : systemError()
        default: return systemError()
        }
    }

    private static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func systemError() -> String { String(cString: strerror(linux_errno())) }
}

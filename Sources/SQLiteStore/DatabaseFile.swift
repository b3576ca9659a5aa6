import CLinux
import Glibc
import SQL

/// The file of a database, before SQLite opens it: SQLite would let everyone read it.
struct DatabaseFile {
    private static let mode: mode_t = 0o600

    let path: String

    init(_ path: String) { self.path = path }

    /// Makes the file when it is not there, and takes it from all others when it is. The log and the
    /// shared memory beside it get the same mode from SQLite.
    ///
    /// A file that is there is not opened: closing it again would drop the locks that another store
    /// of this process holds on it (POSIX ties them to the process).
    func create() throws(DatabaseError) {
        let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, Self.mode)
        if file >= 0 {
            close(file)
        } else if linux_errno() != EEXIST {
            throw failure("cannot be made")
        } else {
            try takeFromOthers()
        }
    }

    private func takeFromOthers() throws(DatabaseError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw failure("cannot be looked at") }
        let isOpenToOthers = status.st_mode & 0o077 != 0
        if isOpenToOthers && chmod(path, Self.mode) != 0 {
            throw failure("can be read by others, and its mode cannot be changed")
        }
    }

    private func failure(_ what: String) -> DatabaseError {
        DatabaseError(.storage, "\(path) \(what): \(String(cString: strerror(linux_errno())))")
    }
}

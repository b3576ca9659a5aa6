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
    func create() throws(DatabaseError) {
        let file = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, Self.mode)
        guard file >= 0 else { throw failure("cannot be opened") }
        defer { Glibc.close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw failure("cannot be looked at") }
        let isOpenToOthers = status.st_mode & 0o077 != 0
        if isOpenToOthers && fchmod(file, Self.mode) != 0 {
            throw failure("can be read by others, and its mode cannot be changed")
        }
    }

    private func failure(_ what: String) -> DatabaseError {
        DatabaseError(.storage, "\(path) \(what): \(String(cString: strerror(linux_errno())))")
    }
}

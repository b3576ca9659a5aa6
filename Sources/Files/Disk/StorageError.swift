import CLinux
import Glibc

/// Why a file could not be written, with the system's words for the log.
struct StorageError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Whether there was no room, which the operator can change and the client may wait for.
    let isFull: Bool
    let description: String

    init(isFull: Bool, _ description: String) {
        (self.isFull, self.description) = (isFull, description)
    }

    /// What the system said to the last call of this thread.
    init(_ what: String) {
        let code = linux_errno()
        isFull = [ENOSPC, EDQUOT, EFBIG].contains(code)
        description = "\(what): \(String(cString: strerror(code)))"
    }
}

import CLinux
import Glibc

/// Keeps a second server out of a data directory, whatever database it uses: the kernel's lock on
/// `atrium.lock`, which ends with the process, even by `kill -9`.
package final class DirectoryLock: Sendable {
    /// The directory is another process's, or cannot be used.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    private let file: Int32

    /// Takes the lock without waiting.
    package init(_ directory: String) throws(Failure) {
        let path = directory + "/atrium.lock"
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else {
            throw Failure(
                description: "\(path) cannot be opened: \(String(cString: strerror(linux_errno())))"
            )
        }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let owner = Self.owner(in: file)
            close(file)
            throw Failure(
                description: "\(directory) is in use by another server"
                    + (owner.isEmpty ? "." : ", process \(owner)."))
        }
        // Last: an initializer that throws with all properties set would run `deinit`, too.
        self.file = file
        writeOwner()
    }

    deinit { close(file) }

    /// For whoever finds the lock taken; nobody relies on it.
    private func writeOwner() {
        let text = "\(getpid())\n"
        _ = ftruncate(file, 0)
        _ = pwrite(file, text, text.utf8.count, 0)
    }

    private static func owner(in file: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(file, &bytes, bytes.count, 0)
        let digits = bytes.prefix(max(0, count)).prefix { (48...57).contains($0) }
        return String(decoding: digits, as: UTF8.self)
    }
}

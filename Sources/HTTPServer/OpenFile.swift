import CLinux
import Glibc
import Values

/// An open file that is only read. Its calls block: they belong on the blocking pool.
// Safe because a descriptor may be read at given offsets from any thread, and `deinit` runs when
// nobody reads.
final class OpenFile: Sendable {
    private let descriptor: Int32

    /// Nil when it cannot be opened or is not a regular file.
    init?(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        self.descriptor = descriptor
        guard FileStatus(descriptor) != nil else { return nil }
    }

    deinit { close(descriptor) }

    /// Up to `count` bytes; fewer only where the file ends. Nil when reading fails.
    func read(at offset: Int, count: Int) -> [UInt8]? {
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = pread(
                    descriptor, buffer.baseAddress! + filled, count - filled, offset + filled)
                if got == 0 { return }
                if got < 0 {
                    if linux_errno() == EINTR { continue }
                    failed = true
                    return
                }
                filled += got
            }
        }
        return failed ? nil : bytes
    }
}

/// What a cache needs to know of a regular file.
struct FileStatus {
    let length: Int
    let modified: Instant
    private let inode: UInt
    private let nanoseconds: Int

    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    init?(_ descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    private init?(_ status: stat) {
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        length = Int(status.st_size)
        modified = Instant(seconds: Int64(status.st_mtim.tv_sec))
        nanoseconds = status.st_mtim.tv_sec &* 1_000_000_000 &+ status.st_mtim.tv_nsec
        inode = UInt(status.st_ino)
    }

    /// Changes when the file is written or replaced.
    var tag: String {
        [UInt(bitPattern: nanoseconds), UInt(bitPattern: length), inode]
            .map { String($0, radix: 36) }.joined(separator: "-")
    }
}

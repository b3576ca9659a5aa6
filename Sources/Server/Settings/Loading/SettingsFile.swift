import CLinux
import Glibc

/// Why a file cannot be read, in words for its owner.
package struct FileError: Error, Hashable, Sendable {
    package let reason: String

    package init(_ reason: String) { self.reason = reason }
}

/// Reads the settings file from the disk.
enum SettingsFile {
    private static let bytesMax = 1 << 20

    @Sendable static func read(_ path: String) throws(FileError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure() }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(file, &buffer, buffer.count)
            guard count >= 0 else { throw failure() }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= bytesMax else { throw FileError("is longer than a settings file") }
        }
    }

    private static func failure() -> FileError {
        FileError("cannot be read: " + String(cString: strerror(linux_errno())))
    }
}

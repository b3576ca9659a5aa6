import CLinux
import Glibc

/// Writes a file that somebody asked for.
enum TextFile {
    static func write(_ text: String, to path: String) throws(StartFailure) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            guard count > 0 else { throw failure(path) }
            bytes = bytes.dropFirst(count)
        }
    }

    private static func failure(_ path: String) -> StartFailure {
        StartFailure("\(path) cannot be written: \(String(cString: strerror(linux_errno()))).")
    }
}

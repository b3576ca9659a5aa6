import Glibc
import HTTP
import Secrets

/// Assets as they lie on the disk, for whoever edits them on their own machine.
///
/// Reading blocks the loop for as long as a small file takes, which one person does not notice.
struct AssetFolder: Sendable {
    static let version = "dev"

    let path: String

    init(_ path: String) { self.path = path }

    func find(_ name: String) -> Representation? {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.allSatisfy(Self.isServed), var bytes = Self.contents(path + "/" + name)
        else { return nil }
        if name.hasSuffix(".html") {
            bytes = Slots(["assets": "/assets/" + Self.version]).filled(bytes)
        }
        return Representation(
            type: FileType.of(name), content: .bytes(bytes),
            etag: ETag(SHA256.digest(of: bytes).hexadecimal))
    }

    /// Nothing hidden, and nothing outside.
    private static func isServed(_ part: Substring) -> Bool {
        !part.isEmpty && !part.hasPrefix(".") && part.utf8.allSatisfy(allowed.contains)
    }

    private static let allowed = Set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_".utf8)

    private static let chunk = 64 * 1024

    /// Nil for what is no file.
    private static func contents(_ path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: chunk)
        while true {
            let count = read(file, &piece, chunk)
            if count == 0 { return bytes }
            // A folder can be opened and not read.
            guard count > 0 else { return nil }
            bytes += piece[..<count]
        }
    }
}

import Glibc
import HTTP
import Loop

/// Serves the files below a folder: ranges, tags, conditions, and siblings `name.br` and `name.gz`
/// in place of `name` for clients that accept them.
///
/// Paths with `..`, with a hidden part (a leading dot) or with a NUL are not found, nor is what a
/// symbolic link shows outside the folder. A folder is its `index.html`.
package struct StaticFiles: Sendable {
    private let root: String
    private let pool: BlockingPool
    /// `Cache-Control` of every answer.
    private let cacheControl: String?

    /// Nil when the folder does not exist.
    package init?(root: String, pool: BlockingPool, cacheControl: String? = nil) {
        guard let real = Self.realPath(root) else { return nil }
        self.root = real
        self.pool = pool
        self.cacheControl = cacheControl
    }

    /// The answer to a request for `path`, percent-encoded and relative to the folder. Nil when
    /// there is no such file.
    package func response(to request: Request, path: String) async throws(PoolIsFull) -> Response? {
        guard let relative = Self.relativePath(path) else { return nil }
        let representation = try await pool.run { find(relative) }
        return representation?.response(to: request)
    }

    /// Blocks.
    private func find(_ relative: String) -> Representation? {
        var path = "\(root)/\(relative)"
        if relative.isEmpty || relative.hasSuffix("/") { path += "index.html" }
        guard let real = Self.realPath(path), real.hasPrefix(root + "/"),
            let status = FileStatus(real)
        else { return nil }
        var found = Representation(
            type: FileType.of(real), content: .file(path: real, length: status.length),
            etag: ETag(status.tag), modified: status.modified)
        if let cacheControl { found.fields[.cacheControl] = cacheControl }
        for (coding, ending) in [(ContentCoding.brotli, ".br"), (.gzip, ".gz")] {
            guard let coded = FileStatus(real + ending), coded.modified >= status.modified else {
                continue
            }
            found.variants[coding] = .file(path: real + ending, length: coded.length)
        }
        return found
    }

    /// Decoded and without a leading slash; nil for what is never served.
    static func relativePath(_ path: String) -> String? {
        guard let decoded = percentDecoded(path.hasPrefix("/") ? path.dropFirst() : path[...])
        else { return nil }
        let parts = decoded.split(separator: "/", omittingEmptySubsequences: false)
        let isServed = parts.enumerated().allSatisfy { index, part in
            !part.hasPrefix(".") && (!part.isEmpty || index == parts.count - 1)
        }
        return isServed ? decoded : nil
    }

    private static func percentDecoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst()?.hexadecimal, let low = rest.popFirst()?.hexadecimal
            else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
    }

    private static func realPath(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }
}

extension UInt8 {
    fileprivate var hexadecimal: UInt8? {
        Character(UnicodeScalar(self)).hexDigitValue.map { UInt8($0) }
    }
}

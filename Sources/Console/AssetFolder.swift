// Foundation reads the files: this is for whoever edits them, on their own machine.
import Foundation
import HTTP
import Secrets

/// Assets as they lie on the disk.
struct AssetFolder: Sendable {
    static let version = "dev"

    let path: String

    init(_ path: String) { self.path = path }

    func find(_ name: String) -> Representation? {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.allSatisfy(Self.isServed) else { return nil }
        guard var bytes = FileManager.default.contents(atPath: path + "/" + name).map(Array.init)
        else { return nil }
        if name.hasSuffix(".html") { bytes = Self.filled(bytes) }
        return Representation(
            type: FileType.of(name), content: .bytes(bytes),
            etag: ETag(SHA256.digest(of: bytes).hexadecimal))
    }

    /// Nothing hidden, and nothing outside.
    private static func isServed(_ part: Substring) -> Bool {
        !part.isEmpty && !part.hasPrefix(".")
            && part.utf8.allSatisfy {
                ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7a || Self.others.contains($0)
            }
    }

    private static let others = Set("0123456789.-_".utf8)

    private static func filled(_ page: [UInt8]) -> [UInt8] {
        let text = String(decoding: page, as: UTF8.self)
        return Array(text.replacingOccurrences(of: "{{assets}}", with: "/assets/dev").utf8)
    }
}

import Coding
import HTTP
import Synchronization

/// The pages and what they load, from the program itself, or from a folder while they are worked on.
package final class Assets: Sendable {
    /// Part of the address of every asset. Another version has other addresses, so a cache may
    /// keep an asset for ever.
    let version: String
    private let folder: AssetFolder?
    private let decoded = Mutex<[String: Representation]>([:])

    /// `folder` is read anew for each request.
    package init(folder: String? = nil) {
        self.folder = folder.map(AssetFolder.init)
        version = folder == nil ? "\(EmbeddedAssets.version)" : AssetFolder.version
    }

    /// Whether a file may be another one the next time.
    var mayChange: Bool { folder != nil }

    /// `name` is below `Assets`, such as `docs/main.js`. Nil when there is no such file.
    func find(_ name: String) -> Representation? {
        if let folder { return folder.find(name) }
        return decoded.withLock { decoded in
            if let known = decoded[name] { return known }
            let asset = EmbeddedAssets.all.first { "\($0.name)" == name }
            guard let asset else { return nil }
            decoded[name] = asset.representation
            return asset.representation
        }
    }
}

extension EmbeddedAsset {
    fileprivate var representation: Representation {
        var found = Representation(
            type: FileType.of("\(name)"), content: Self.content(identity) ?? .bytes([]),
            etag: ETag("\(hash)"))
        found.variants[.brotli] = Self.content(brotli)
        found.variants[.gzip] = Self.content(gzip)
        return found
    }

    private static func content(_ base64: StaticString) -> Representation.Content? {
        base64.utf8CodeUnitCount == 0 ? nil : Base64.decode("\(base64)").map { .bytes($0) }
    }
}

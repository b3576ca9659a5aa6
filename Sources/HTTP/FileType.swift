/// The media type of a file by its name's ending.
package enum FileType {
    /// Unknown endings are bytes, which no browser runs or shows.
    package static func of(_ name: some StringProtocol) -> String {
        guard let dot = name.lastIndex(of: ".") else { return unknown }
        return types[name[name.index(after: dot)...].lowercased()] ?? unknown
    }

    /// Whether compressing helps: text and what is made of it.
    package static func isCompressible(_ type: String) -> Bool {
        guard let media = MediaType(type) else { return false }
        if media.type == "text" || media.isJSON { return media.subtype != "event-stream" }
        return compressible.contains(media.essence) || media.subtype.hasSuffix("+xml")
    }

    private static let unknown = "application/octet-stream"

    private static let compressible: Set<String> = [
        "application/javascript", "application/xml", "application/wasm",
        "application/manifest+json", "image/x-icon", "font/ttf", "font/otf",
    ]

    private static let types: [String: String] = [
        "html": "text/html; charset=utf-8",
        "htm": "text/html; charset=utf-8",
        "css": "text/css; charset=utf-8",
        "js": "text/javascript; charset=utf-8",
        "mjs": "text/javascript; charset=utf-8",
        "txt": "text/plain; charset=utf-8",
        "md": "text/markdown; charset=utf-8",
        "csv": "text/csv; charset=utf-8",
        "json": "application/json",
        "map": "application/json",
        "webmanifest": "application/manifest+json",
        "xml": "application/xml",
        "svg": "image/svg+xml",
        "png": "image/png",
        "jpg": "image/jpeg",
        "jpeg": "image/jpeg",
        "gif": "image/gif",
        "webp": "image/webp",
        "avif": "image/avif",
        "ico": "image/x-icon",
        "woff": "font/woff",
        "woff2": "font/woff2",
        "ttf": "font/ttf",
        "otf": "font/otf",
        "pdf": "application/pdf",
        "zip": "application/zip",
        "wasm": "application/wasm",
        "mp3": "audio/mpeg",
        "mp4": "video/mp4",
        "webm": "video/webm",
    ]
}

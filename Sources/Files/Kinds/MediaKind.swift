import SQL

/// What a file is, as far as its bytes tell. What they do not tell is bytes, which no browser shows.
package enum MediaKind: String, CaseIterable, Sendable, SQLValue {
    case png = "image/png"
    case jpeg = "image/jpeg"
    case gif = "image/gif"
    case webp = "image/webp"
    case avif = "image/avif"
    case mp4 = "video/mp4"
    case webm = "video/webm"
    case mp3 = "audio/mpeg"
    case ogg = "audio/ogg"
    case wav = "audio/wav"
    case pdf = "application/pdf"
    case text = "text/plain"
    case bytes = "application/octet-stream"

    /// As `Content-Type` says it.
    package var mediaType: String {
        self == .text ? rawValue + "; charset=utf-8" : rawValue
    }

    /// Pictures, sound and films, in which nothing runs.
    package var isShown: Bool {
        switch self {
        case .png, .jpeg, .gif, .webp, .avif, .mp4, .webm, .mp3, .ogg, .wav: true
        case .pdf, .text, .bytes: false
        }
    }
}

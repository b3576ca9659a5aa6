extension MediaKind {
    /// How much of a file's beginning is looked at.
    static let sniffedBytes = 512

    /// What a file is that begins so. `isWhole` says that nothing follows.
    ///
    /// Each form is known by what every file of it begins with, so that none is taken for another. A
    /// file that only begins so and is broken further on stays what it began as: whoever shows it
    /// finds out, and nothing in it runs.
    init(beginning bytes: [UInt8], isWhole: Bool) {
        let known = Self.forms.first { $0.isBeginning(bytes) }?.kind
        self = known ?? (Self.isText(bytes, isWhole: isWhole) ? .text : .bytes)
    }

    private struct Form: Sendable {
        let kind: MediaKind
        let isBeginning: @Sendable ([UInt8]) -> Bool
    }

    private static let forms: [Form] = [
        Form(kind: .png) {
            $0.has([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], at: 0)
                && $0.has("IHDR", at: 12)
        },
        Form(kind: .jpeg) { $0.has([0xff, 0xd8, 0xff], at: 0) },
        Form(kind: .gif) { $0.has("GIF87a", at: 0) || $0.has("GIF89a", at: 0) },
        Form(kind: .webp) { $0.has("RIFF", at: 0) && $0.has("WEBPVP8", at: 8) },
        Form(kind: .wav) { $0.has("RIFF", at: 0) && $0.has("WAVE", at: 8) },
        Form(kind: .avif) { !brands(of: $0).isDisjoint(with: ["avif", "avis"]) },
        Form(kind: .mp4) { !brands(of: $0).isDisjoint(with: films) },
        Form(kind: .webm, isBeginning: isWebM),
        Form(kind: .ogg) { $0.has("OggS\0", at: 0) },
        Form(kind: .mp3, isBeginning: isMP3),
        Form(kind: .pdf) { $0.has("%PDF-", at: 0) },
    ]

    /// The brands of films in the ISO's form of media files (ISO/IEC 14496-12 §4.3).
    private static let films: Set<String> = [
        "isom", "iso2", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "mp41", "mp42", "avc1",
        "dash", "M4V ", "M4A ", "MSNV",
    ]

    /// The main brand and the others of a file that begins with its type, as far as they are there.
    private static func brands(of bytes: [UInt8]) -> Set<String> {
        guard bytes.count >= 16, bytes.has("ftyp", at: 4) else { return [] }
        let size = bytes[..<4].reduce(0) { $0 << 8 | Int($1) }
        guard size >= 16 else { return [] }
        let places = [8] + stride(from: 16, to: min(size, bytes.count) - 3, by: 4)
        return Set(places.map { String(decoding: bytes[$0..<($0 + 4)], as: UTF8.self) })
    }

    /// EBML whose document type is `webm` and not Matroska's own (RFC 8794 §11.2.6).
    private static func isWebM(_ bytes: [UInt8]) -> Bool {
        guard bytes.has([0x1a, 0x45, 0xdf, 0xa3], at: 0) else { return false }
        return (4..<min(bytes.count, 64)).contains {
            bytes.has([0x42, 0x82, 0x84], at: $0) && bytes.has("webm", at: $0 + 3)
        }
    }

    /// Tags of ID3, or the head of a frame of layer III with a bit rate and a sampling rate.
    private static func isMP3(_ bytes: [UInt8]) -> Bool {
        if bytes.has("ID3", at: 0) { return bytes.count > 3 && (2...4).contains(bytes[3]) }
        guard bytes.count >= 4, bytes[0] == 0xff, bytes[1] & 0xe6 == 0xe2 else { return false }
        let (version, rate, sampling) = (bytes[1] >> 3 & 3, bytes[2] >> 4, bytes[2] >> 2 & 3)
        return version != 1 && (1...14).contains(rate) && sampling != 3
    }

    /// UTF-8 without control characters, but for those that stand in texts. The last character of a
    /// beginning may be cut.
    private static func isText(_ bytes: [UInt8], isWhole: Bool) -> Bool {
        guard !bytes.isEmpty, !bytes.contains(where: isControl) else { return false }
        let cuts = isWhole ? 0...0 : 0...3
        return cuts.contains { cut in
            cut < bytes.count && String(validating: bytes.dropLast(cut), as: UTF8.self) != nil
        }
    }

    private static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x20 && !(0x09...0x0d).contains(byte) && byte != 0x1b || byte == 0x7f
    }
}

extension [UInt8] {
    fileprivate func has(_ bytes: [UInt8], at place: Int) -> Bool {
        count >= place + bytes.count && self[place..<(place + bytes.count)].elementsEqual(bytes)
    }

    fileprivate func has(_ text: StaticString, at place: Int) -> Bool {
        text.withUTF8Buffer { has([UInt8]($0), at: place) }
    }
}

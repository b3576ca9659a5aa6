import Testing

@testable import Files

/// What a file is, its first bytes say.
struct MediaKindTests {
    private static func bytes(_ text: String, _ more: [UInt8] = []) -> [UInt8] {
        text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } + more
    }

    private static func film(_ brands: String...) -> [UInt8] {
        let size = UInt8(8 + 4 + 4 * brands.count)
        return [0, 0, 0, size] + bytes("ftyp\(brands[0])\0\0\u{2}\0")
            + bytes(brands.dropFirst().joined())
    }

    private static let known: [(MediaKind, [UInt8])] = [
        (.png, Sample.png), (.jpeg, [0xff, 0xd8, 0xff, 0xe0, 0, 0x10]),
        (.gif, bytes("GIF87a\u{1}")),
        (.gif, bytes("GIF89a")), (.webp, bytes("RIFF\u{4}\0\0\0WEBPVP8 ")),
        (.webp, bytes("RIFF\u{4}\0\0\0WEBPVP8X")), (.wav, bytes("RIFF\u{4}\0\0\0WAVEfmt ")),
        (.avif, film("avif", "mif1")), (.avif, film("mif1", "miaf", "avif")),
        (.mp4, film("isom", "avc1")), (.mp4, film("M4V ", "mp42")),
        (
            .webm,
            [0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x86, 0x81, 1, 0x42, 0x82, 0x84] + bytes("webm")
        ),
        (.ogg, bytes("OggS\0\u{2}")), (.mp3, bytes("ID3\u{3}\0")),
        (.mp3, [0xff, 0xfb, 0x90, 0x64]),
        (.pdf, bytes("%PDF-1.7\n")), (.text, Sample.text), (.text, Array("日本語\t\r\n".utf8)),
        (.text, bytes("<svg xmlns='http://www.w3.org/2000/svg'/>")),
        (.text, bytes("<!doctype html>")),
    ]

    @Test func `what is known is known`() {
        for (kind, bytes) in Self.known {
            #expect(MediaKind(beginning: bytes, isWhole: true) == kind, "\(kind)")
        }
    }

    /// Each looks like something, and is not.
    private static let unknown: [[UInt8]] = [
        [], [0], [0xff], [0xff, 0xd8], bytes("RIFF"), bytes("RIFF\u{4}\0\0\0AVI "), [0, 0, 0, 12],
        bytes("\u{89}PNG\r\n\u{1a}\n\0\0\0\rJUNK"), film("heic", "mif1"), film("qt  "),
        [0, 0, 0, 0] + bytes("ftypisomisom"),
        [0x1a, 0x45, 0xdf, 0xa3, 0x42, 0x82, 0x88] + bytes("matroska"), [0x1a, 0x45, 0xdf, 0xa3],
        [0xff, 0xfe, 0x41, 0], bytes("ID3\u{9}"), [0xff, 0xf1, 0x50, 0x80], [0xff, 0xfb, 0xf0, 0],
        bytes("PK\u{3}\u{4}\0"), bytes("MZ\0"), bytes("\u{7f}ELF"), bytes("a\0b"), [0xc3, 0x28],
        [0xed, 0xa0, 0x80],
    ]

    @Test func `what is not known is shown by no browser`() {
        for bytes in Self.unknown {
            let kind = MediaKind(beginning: bytes, isWhole: true)
            #expect(kind == .bytes || kind == .text, "\(bytes)")
        }
    }

    @Test func `a beginning may end within a character, a whole text may not`() {
        let cut = Array("Zürich".utf8.prefix(2))
        #expect(MediaKind(beginning: cut, isWhole: false) == .text)
        #expect(MediaKind(beginning: cut, isWhole: true) == .bytes)
    }

    @Test func `every beginning of everything has some kind`() {
        for (_, bytes) in Self.known {
            for count in 0...bytes.count {
                _ = MediaKind(beginning: Array(bytes.prefix(count)), isWhole: count % 2 == 0)
            }
        }
    }

    @Test func `nothing runs in what browsers show`() {
        #expect(
            MediaKind.allCases.filter { !$0.isShown } == [.pdf, .text, .bytes])
    }
}

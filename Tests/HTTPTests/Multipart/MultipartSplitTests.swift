import HTTP
import Testing
import Values

/// However a form arrives, it is the same form.
struct MultipartSplitTests {
    private static let forms: [String] = [
        .part("name=\"title\"", "\r\n--b\r\r\n--c")
            + .part("name=file; filename=x", "\r\n\r\n--b-\r\n")
            + "--b--\r\nmore",
        "x\r\n--b \r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--b\r\n",
        "--b--", .part("name=a; filename=\"\\\"", ""), "\r\n\r\n--b\r\n\r\n", "--b\rx",
    ]

    @Test func `cut at every place`() throws {
        for text in Self.forms {
            let bytes = Array(text.utf8)
            let whole = try Form(bytes)
            for cut in 1..<bytes.count {
                var sizes = [cut, bytes.count].makeIterator()
                #expect(try Form(bytes, size: { sizes.next() ?? 1 }) == whole, "\(text) at \(cut)")
            }
            #expect(try Form(bytes, size: { 1 }) == whole, "\(text) in bytes")
        }
    }

    @Test func `damaged and cut at random`() throws {
        var random = SeededNumbers(seed: 7)
        for _ in 0..<3000 {
            var bytes = Array(Self.forms[random.below(Self.forms.count)].utf8)
            for _ in 0..<random.below(4) { random.damage(&bytes) }
            let whole = try Form(bytes)
            let split = try Form(bytes, size: { 1 + random.below(6) })
            #expect(split == whole, "\(bytes)")
        }
    }

    @Test func `bytes of every kind come out as they went in`() throws {
        var random = SeededNumbers(seed: 3)
        let data = (0..<20_000).map { _ in
            // Many line ends and dashes, as files that were made to fool us have.
            [0x0d, 0x0a, 0x2d, 0x62, UInt8(random.below(256))][random.below(5)]
        }
        let safe = data.indices.filter { index in
            !data[index...].starts(with: Array("\r\n--b".utf8))
        }.map { data[$0] }
        let bytes =
            Array("--b\r\nContent-Disposition: form-data; name=a\r\n\r\n".utf8) + safe
            + Array("\r\n--b--".utf8)
        let form = try Form(bytes, size: { 1 + random.below(300) })
        #expect(form.parts.first?.data == safe)
    }
}

extension SeededNumbers {
    fileprivate mutating func damage(_ bytes: inout [UInt8]) {
        let pieces = ["\r\n", "\r", "--", "--b", "\r\n--b\r\n", "\"", ";", "\0", "\\", "="]
        guard !bytes.isEmpty else { return }
        let place = below(bytes.count)
        switch below(3) {
        case 0: bytes[place] = UInt8(below(256))
        case 1: bytes.insert(contentsOf: pieces[below(pieces.count)].utf8, at: place)
        default: bytes.remove(at: place)
        }
    }
}

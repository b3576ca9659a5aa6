import Coding
import Testing

@Suite struct CSVReaderTests {
    /// Reads a text in pieces of `size` bytes.
    private func read(_ text: [UInt8], by size: Int = 1_000_000) throws -> [CSVReader.Record] {
        var reader = CSVReader()
        var records: [CSVReader.Record] = []
        var rest = text[...]
        while !rest.isEmpty {
            records += try reader.read(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
        if let last = try reader.end() { records.append(last) }
        return records
    }

    private func fields(_ text: String, by size: Int = 1_000_000) throws -> [[String]] {
        try read(Array(text.utf8), by: size).map(\.fields)
    }

    private static let texts: [(String, [[String]])] = [
        ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
        ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
        ("a,b\rc,d\r", [["a", "b"], ["c", "d"]]),
        ("\u{FEFF}email\n\nx\n", [["email"], ["x"]]),
        ("\u{FEFF}\"email\"\n", [["email"]]),
        ("a,,\n,\n", [["a", "", ""], ["", ""]]),
        ("\"a,\"\"b\"\"\",c\n", [["a,\"b\"", "c"]]),
        ("\"two\r\nlines\",x\n", [["two\r\nlines", "x"]]),
        ("\"\"\n", [[""]]),
        ("é,\u{1F600}\n", [["é", "\u{1F600}"]]),
        ("", []),
    ]

    @Test(arguments: texts)
    func `RFC 4180, whatever the pieces are`(text: String, expected: [[String]]) throws {
        for size in [1, 2, 3, 1000] { #expect(try fields(text, by: size) == expected) }
    }

    @Test func `a record knows the line on which it begins`() throws {
        let text = "email,name\r\na,\"x\ny\"\r\n\r\nb,z\nc,z"
        #expect(try read(Array(text.utf8), by: 1).map(\.line) == [1, 2, 5, 6])
    }

    private static let mistakes: [(String, CSVMistake)] = [
        ("a,b\nx\"y,c\n", CSVMistake.quoteInside(line: 2)),
        ("a\n\"x\"y\n", .textAfterQuote(line: 2)),
        ("a\n\"x\ny", .quoteLeftOpen(line: 2)),
        ("a\n" + String(repeating: ",", count: 100), .tooManyFields(line: 2)),
        ("a\n\"" + String(repeating: "x", count: 70_000), .tooLong(line: 2)),
        ("a\n\"" + String(repeating: "\n", count: 70_000) + "\"", .tooLong(line: 2)),
    ]

    @Test(arguments: mistakes)
    func `what is no CSV is told with its line`(text: String, mistake: CSVMistake) {
        #expect(throws: mistake) { try fields(text) }
    }

    @Test func `bytes that are not UTF-8 are told with their line`() {
        #expect(throws: CSVMistake.notUTF8(line: 2)) {
            try read([0x61, 0x0A, 0x4D, 0xFC, 0x0A])
        }
    }
}

import Coding
import Testing

@Suite struct JSONSyntaxTests {
    private func code(_ text: [UInt8]) -> JSONSyntaxError.Code? {
        do {
            _ = try JSON(parsing: text)
            return nil
        } catch {
            return error.code
        }
    }

    @Test(arguments: Texts.accepted)
    func `what RFC 8259 allows is read`(text: String) {
        #expect(code(bytes(text)) == nil)
    }

    @Test(arguments: Texts.refused)
    func `all else is refused`(text: String) {
        #expect(code(bytes(text)) != nil)
    }

    @Test(arguments: Texts.accepted.filter { "\"[{".contains($0.first ?? " ") })
    func `every beginning of a text is refused`(text: String) throws {
        var text = bytes(text)
        while let last = text.last, last <= 0x20 { text.removeLast() }
        for count in 0..<min(text.count, 1000) {
            #expect(code(Array(text[..<count])) != nil, "the first \(count) bytes")
        }
    }

    @Test(arguments: Texts.badUTF8, [0, 3, 7, 8, 15])
    func `what is not UTF-8 is refused wherever it is`(bad: [UInt8], offset: Int) {
        let filler = [UInt8](repeating: UInt8(ascii: "a"), count: offset)
        #expect(code(bytes("\"") + filler + bad + bytes("\"")) == .badUTF8)
        #expect(code(bytes("\"") + filler + bad) != nil)
        #expect(code(bytes("{\"") + filler + bad + bytes("\":1}")) == .badUTF8)
        #expect(code(bad) != nil)
    }

    @Test(arguments: [
        ("", JSONSyntaxError.Code.empty, 0), ("\u{feff}1", .byteOrderMark, 0),
        ("[1,]", .unexpected, 3),
        ("{\"a\":1,\"a\":2}", .duplicateKey, 8), ("[1", .endOfInput, 2), ("1 x", .trailing, 2),
        ("-", .badNumber, 1), ("\"\\x\"", .badEscape, 1), ("\"\\ud800\"", .loneSurrogate, 1),
        ("\"a\u{1}\"", .controlCharacter, 2), ("1e999", .numberTooLarge, 5),
    ])
    func `an error says what and where`(text: String, code: JSONSyntaxError.Code, offset: Int) {
        #expect(throws: JSONSyntaxError(code, at: offset)) { try JSON(parsing: bytes(text)) }
    }

    @Test func `depth, size and number length have limits`() throws {
        func nested(_ depth: Int) -> [UInt8] {
            bytes(String(repeating: "[", count: depth) + String(repeating: "]", count: depth))
        }
        #expect(code(nested(64)) == nil)
        #expect(code(nested(65)) == .tooDeep)
        #expect(code(bytes(String(repeating: "[", count: 100_000))) == .tooDeep)

        var limits = JSONLimits()
        limits.depth = .max
        #expect(throws: JSONSyntaxError.self) {
            try JSON(parsing: nested(JSONLimits.deepest + 1), limits: limits)
        }
        limits.bytes = 4
        #expect(throws: JSONSyntaxError(.tooLarge, at: 0)) {
            try JSON(parsing: bytes("12345"), limits: limits)
        }
        #expect(code(bytes(String(repeating: "9", count: 300))) == nil)
        #expect(code(bytes("0." + String(repeating: "1", count: 1022))) == nil)
        #expect(code(bytes("0." + String(repeating: "1", count: 1023))) == .numberTooLong)
    }

    @Test(arguments: [2, 31, 32, 33, 34, 500])
    func `a name that comes twice is refused in objects of any size`(count: Int) {
        let members = (0..<count).map { "\"name number \($0)\":\($0)" }
        func object(_ members: [String]) -> [UInt8] {
            bytes("{" + members.joined(separator: ",") + "}")
        }
        #expect(code(object(members)) == nil)
        for twice in [0, count / 2, count - 1] {
            #expect(code(object(members + [members[twice]])) == .duplicateKey)
            #expect(code(object([members[twice]] + members)) == .duplicateKey)
        }
        let escaped = "\"\\u006eame number \(count - 1)\":0"
        #expect(code(object(members + [escaped])) == .duplicateKey)
        #expect(code(object([escaped] + members)) == .duplicateKey)
    }

    @Test func `an object with many members takes time in proportion`() throws {
        // Names of one hash each would make a table slow; here they are sorted.
        let names = (0..<50_000).map { "\"\($0)aaaaaaaa\":0" }
        _ = try JSON(parsing: bytes("{" + names.joined(separator: ",") + "}"))
    }
}

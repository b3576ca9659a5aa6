import Coding
import Testing

@Suite struct JSONTests {
    @Test func `a tree is read and printed`() throws {
        let text = #"{"a":[1,-2.5,null,true,"x\n"],"b":{},"c":9223372036854775807}"#
        let json = try JSON(parsing: Array(text.utf8))
        #expect(json.description == text)
        #expect(json["c"] == .integer(.max))
        #expect(json["a"]?[1] == .number(-2.5))
    }
}

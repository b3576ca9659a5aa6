import Coding
import Testing
import Values

@Suite struct JSONTests {
    @Test func `a tree is read and printed`() throws {
        let text = #"{"a":[1,-2.5,null,true,"x\n"],"b":{},"c":9223372036854775807}"#
        let json = try JSON(parsing: bytes(text))
        #expect(json.description == text)
        #expect(json["c"] == .integer(.max))
        #expect(json["a"]?[1] == .number(-2.5))
        #expect(json["a"]?[9] == nil)
        #expect(json["a"]?["x"] == nil)
    }

    @Test func `integers are exact as far as 64 bits go`() throws {
        #expect(try JSON(parsing: bytes("-9223372036854775808")) == .integer(.min))
        #expect(
            try JSON(parsing: bytes("9223372036854775808")) == .number(9_223_372_036_854_775_808))
        #expect(try JSON(parsing: bytes("1.0")) == .number(1))
        #expect(try JSON(parsing: bytes("-0")) == .integer(0))
    }

    @Test func `an object keeps its order and finds names byte by byte`() {
        var object: JSONObject = ["b": 1, "a": 2, "b": 3]
        #expect(object.names == ["b", "a"])
        #expect(object["b"] == 3)
        object["b"] = nil
        object["é"] = "composed"
        object["e\u{301}"] = "decomposed"
        #expect(object.count == 3)
        #expect(object["é"] == "composed")
    }

    @Test func `the order of members does not make objects different`() {
        let one: JSON = ["a": 1, "b": [true, .null]]
        let other: JSON = ["b": [true, .null], "a": 1]
        #expect(one == other)
        #expect(one.hashValue == other.hashValue)
        #expect(one != ["a": 1, "c": [true, .null]])
    }

    @Test func `trees survive the way to text and back`() throws {
        var generator = SeededNumbers.ofTest
        for round in 0..<500 {
            let tree = RandomTree.make(depth: 5, &generator)
            let back = try JSON(parsing: tree.bytes())
            #expect(back == tree, "seed \(SeededNumbers.testSeed), round \(round)")
        }
    }

    @Test func `what no number can say is null`() {
        #expect(JSON.number(.nan).description == "null")
        #expect(JSON.list([.number(.infinity), 1]).description == "[null,1]")
    }

    @Test func `a tree goes through Codable as a part of a type`() throws {
        struct Event: Codable, Equatable {
            var name: String
            var data: JSON
        }
        let event = Event(name: "x", data: ["a": [1, 2.5, .null], "b": ["c": "d"]])
        let text = try JSONCoder.encode(event)
        #expect(String(decoding: text, as: UTF8.self).contains(#""data":{"a":[1,2.5,null]"#))
        #expect(try JSONCoder.decode(Event.self, from: text) == event)
    }
}

enum RandomTree {
    static func make(depth: Int, _ generator: inout SeededNumbers) -> JSON {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &generator) {
        case 0: return .null
        case 1: return .boolean(.random(using: &generator))
        case 2: return .integer(.random(in: .min ... .max, using: &generator))
        case 3:
            let bits = UInt64.random(in: 0 ... .max, using: &generator)
            let number = Double(bitPattern: bits)
            // A whole number comes back as an integer.
            return number.isFinite && number != number.rounded() ? .number(number) : .number(0.5)
        case 4, 5: return .string(text(&generator))
        case 6:
            return .list(
                (0..<Int.random(in: 0..<6, using: &generator)).map { _ in
                    make(depth: depth - 1, &generator)
                })
        default:
            let names = (0..<Int.random(in: 0..<40, using: &generator)).map { _ in text(&generator)
            }
            return .object(JSONObject(names.map { ($0, make(depth: depth - 3, &generator)) }))
        }
    }

    static func text(_ generator: inout SeededNumbers) -> String {
        let letters = Array("abcdefghij\"\\/\n\r\t\u{8}\u{c}\u{0}\u{1f}é漢😀\u{7f}\u{2028} ")
        return String(
            (0..<Int.random(in: 0..<20, using: &generator)).map { _ in
                letters.randomElement(using: &generator) ?? "a"
            })
    }
}

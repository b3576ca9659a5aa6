import Coding
import Foundation
import Testing
import Values

struct Box<Value: Codable>: Codable {
    var value: Value
}

extension Box: Equatable where Value: Equatable {}

private func read<Value: Codable>(_ text: String, as type: Value.Type = Value.self) -> Value? {
    try? JSONCoder.decode(Box<Value>.self, from: bytes("{\"value\":\(text)}")).value
}

private func problem<Value: Codable>(_ text: String, as type: Value.Type) -> Invalid? {
    do {
        _ = try JSONCoder.decode(Box<Value>.self, from: bytes("{\"value\":\(text)}"))
        return nil
    } catch {
        return (error as? InvalidInput)?.fields.first?.problem
    }
}

private func written<Value: Encodable>(_ value: Value) throws -> String {
    String(decoding: try JSONCoder.encode(value), as: UTF8.self)
}

@Suite struct JSONCoderTests {
    // MARK: Scalars

    @Test func `integers are exact and keep to their width`() {
        #expect(read("9223372036854775807") == Int64.max)
        #expect(read("-9223372036854775808") == Int64.min)
        #expect(read("18446744073709551615") == UInt64.max)
        #expect(read("9007199254740993") == 9_007_199_254_740_993)
        #expect(read("-128") == Int8.min)
        #expect(read("-0") == UInt64(0))
        #expect(problem("128", as: Int8.self) == .tooBig(max: 127))
        #expect(problem("-1", as: UInt64.self) == .tooSmall(min: 0))
        #expect(problem("9223372036854775808", as: Int64.self) == .tooBig(max: Double(Int64.max)))
        #expect(problem("-9223372036854775809", as: Int.self) == .tooSmall(min: Double(Int.min)))
        #expect(problem("99999999999999999999999", as: UInt64.self) != nil)
    }

    @Test(arguments: ["1e2", "1.5", "1.05", "1.0e0", "1.00000000000000000000001"])
    func `a fraction or an exponent makes no integer`(text: String) {
        #expect(
            problem(text, as: Int.self) == .wrongType(expected: .integer, received: .number))
    }

    /// Schemathesis found it: JSON Schema calls `267.0` an integer, and Python writes one so.
    @Test func `a whole number with zeros behind its point is an integer`() {
        #expect(read("267.0") == 267)
        #expect(read("-1.000") == -1)
        #expect(read("-0.0") == UInt8(0))
        #expect(problem("300.0", as: Int8.self) == .tooBig(max: 127))
        #expect(problem("99999999999999999999999.0", as: Int.self) != nil)
    }

    @Test func `nothing is converted`() {
        #expect(problem("\"1\"", as: Int.self) == .wrongType(expected: .integer, received: .string))
        #expect(problem("1", as: String.self) == .wrongType(expected: .string, received: .integer))
        #expect(problem("1", as: Bool.self) == .wrongType(expected: .boolean, received: .integer))
        #expect(problem("[]", as: Double.self) == .wrongType(expected: .number, received: .list))
        #expect(problem("null", as: String.self) == .wrongType(expected: .string, received: .null))
        #expect(problem("{}", as: [Int].self) == .wrongType(expected: .list, received: .object))
        #expect(
            problem("1e39", as: Float.self) == .tooBig(max: Double(Float.greatestFiniteMagnitude)))
    }

    @Test func `texts mean what their escapes say`() {
        #expect(read(#""\ud83d\ude00\u00e9\u0000\n""#) == "😀é\0\n")
        #expect(read("-0", as: Double.self)?.sign == .minus)
        #expect(read("null", as: String?.self) == .some(nil))
        #expect(
            (try? JSONCoder.decode(Box<Int>.self, from: bytes(#"{"\u0076alue":5}"#)))?.value == 5)
        #expect(read(#"{"a":1,"\u0062":2}"#) == ["a": 1, "b": 2])
    }

    @Test func `numbers survive the way to text and back, and are as short as can be`() throws {
        var generator = SeededNumbers.ofTest
        for round in 0..<20_000 {
            let bits = generator.next()
            let numbers = [
                Double(bitPattern: bits), Double(Int64(truncatingIfNeeded: bits) >> 20) / 1000,
                Double(bits % 100_000) / 100, Double(Int64(bits % 2_000_000) - 1_000_000) / 10,
            ]
            for number in numbers where number.isFinite {
                let text = try JSONCoder.encode(number)
                let back = try JSONCoder.decode(Double.self, from: text)
                #expect(
                    back.bitPattern == number.bitPattern, "seed \(SeededNumbers.testSeed), \(round)"
                )
                #expect(text.count <= number.description.utf8.count, "\(number)")
                let other = try JSONCoder.decode(Double.self, from: bytes(number.description))
                #expect(other.bitPattern == number.bitPattern)
            }
            let integer = Int64(truncatingIfNeeded: bits) >> Int64(bits % 63)
            #expect(try written(integer) == "\(integer)")
            #expect(try written(bits >> (bits % 63)) == "\(bits >> (bits % 63))")
        }
        for edge in [Int64.min, .max, 0, 9, 10, 99, 100] { #expect(try written(edge) == "\(edge)") }
        #expect(try written(Float(0.1)) == "0.1")
        #expect(throws: JSONEncodingError.notFinite) { try JSONCoder.encode(Double.nan) }
    }

    @Test func `texts of any length and kind survive`() throws {
        for count in 0...40 {
            for extra in ["", "\n", "\"", "\\", "\u{1}", "é", "😀", "\u{2028}", "\u{7f}"] {
                let text =
                    String(repeating: "a", count: count) + extra
                    + String(repeating: "b", count: count % 9)
                let json = try JSONCoder.encode(Box(value: text))
                #expect(try JSONCoder.decode(Box<String>.self, from: json).value == text)
                let foundation = try JSONDecoder().decode(Box<String>.self, from: Data(json))
                #expect(foundation.value == text)
            }
        }
    }

    // C14
    @Test func `instants have three decimals and a Z`() throws {
        let instant = try #require(Instant("2026-01-31T09:30:00.1239+01:00"))
        #expect(try written(Box(value: instant)) == #"{"value":"2026-01-31T08:30:00.123Z"}"#)
        #expect(read(#""2026-01-31T08:30:00.123900Z""#) == instant)
        #expect(problem("\"today\"", as: Instant.self) == .malformed(.instant))
        #expect(
            problem("5", as: Instant.self) == .wrongType(expected: .instant, received: .integer))
    }

    @Test func `ids and addresses are texts with rules`() throws {
        let id = ID<Login>.example
        #expect(try written(Box(value: id)) == "{\"value\":\"\(id)\"}")
        #expect(read("\"\(id)\"") == id)
        #expect(problem("\"x\"", as: ID<Login>.self) == .malformed(.id))
        #expect(problem("{}", as: ID<Login>.self) == .wrongType(expected: .id, received: .object))
        #expect(read("\"ADA@example.com\"") == EmailAddress.example)
        #expect(problem("\"ada\"", as: EmailAddress.self) == .malformed(.email))
        let foundation = try JSONDecoder().decode(
            Box<ID<Login>>.self, from: JSONEncoder().encode(Box(value: id)))
        #expect(foundation.value == id)
    }

    // MARK: Codable's corners

    private func survives<Value: Codable & Equatable>(_ value: Value) throws {
        let json = try JSONCoder.encode(value)
        #expect(try JSONCoder.decode(Value.self, from: json) == value)
        #expect(try JSONDecoder().decode(Value.self, from: Data(json)) == value)
        let foundation = try JSONEncoder().encode(value)
        #expect(try JSONCoder.decode(Value.self, from: Array(foundation)) == value)
    }

    @Test func `types of every kind go there and back, also through Foundation`() throws {
        try survives(
            Nested(
                number: 1, deep: ["a": [1, nil, 3], "": []],
                shapes: [.circle(radius: 1.5), .none, .pair(1, "x")],
                chain: .more(1, .more(2, .end)), maybe: nil, table: [[], [1], [1, 2]]))
        try survives([ByHand(a: 1, b: 2, list: [1, 2, 3]), ByHand(a: 1, b: 2, list: [])])
        try survives(["role": Role.admin])
        try survives([1: "a"])
        try survives([Int?.none, 1])
        try survives([[String]]())
        try survives("text")
        try survives(5)
        try survives(
            Person(
                name: "a",
                friends: [
                    Person(name: "b", friends: [Person(name: "c", friends: [])]),
                    Person(name: "d", friends: []),
                ]))
        try survives(Scalars.lowest)
        try survives(Scalars.highest)
    }

    @Test func `subclasses share an object or nest`() throws {
        #expect(try written(Sharing()) == #"{"a":1,"b":2}"#)
        #expect(try JSONCoder.decode(Sharing.self, from: bytes(#"{"b":3,"a":4}"#)).b == 3)
        #expect(try written(Nesting()) == #"{"b":2,"super":{"a":1}}"#)
        #expect(try JSONCoder.decode(Nesting.self, from: bytes(#"{"b":2,"super":{"a":7}}"#)).a == 7)
    }

    @Test func `what cannot be streamed is refused and harms nothing`() throws {
        #expect(throws: JSONEncodingError.outOfOrder) { try JSONCoder.encode(OutOfOrder()) }
        #expect(throws: JSONEncodingError.nothingWritten) { try JSONCoder.encode(Nothing()) }
        #expect(throws: JSONEncodingError.nothingWritten) { try JSONCoder.encode([Nothing()]) }
        let chain = (0..<40).reduce(Chain.end) { .more($1, $0) }
        #expect(throws: JSONEncodingError.tooDeep) { try JSONCoder.encode(chain) }
        #expect(try written(Box(value: "x")) == #"{"value":"x"}"#)
        #expect(try written(UnusedSuper()) == #"{"a":{},"b":1}"#)
    }

    @Test func `the first error has its path`() {
        let text = #"{"value":[{"email":"a","password":"b"},{"email":1,"password":2}]}"#
        let expected = InvalidInput(fields: [
            FieldError(
                path: "value[1].email", problem: .wrongType(expected: .string, received: .integer))
        ])
        #expect(throws: expected) {
            try JSONCoder.decode(Box<[Login]>.self, from: bytes(text))
        }
    }

    @Test func `a type may read JSON while it is read`() throws {
        struct Embedded: Decodable {
            var login: Login
            init(from decoder: any Decoder) throws {
                let text = try decoder.singleValueContainer().decode(String.self)
                login = try JSONCoder.decode(Login.self, from: bytes(text))
            }
        }
        let text =
            #"["{\"email\":\"a\",\"password\":\"b\"}","{\"email\":\"c\",\"password\":\"d\"}"]"#
        let logins = try JSONCoder.decode([Embedded].self, from: bytes(text)).map(\.login.email)
        #expect(logins == ["a", "c"])
    }

    // MARK: Without Codable

    @Test func `what writes itself is written the same`() throws {
        let login = FastLogin(email: .example, tags: ["a", "b"], note: nil)
        let text = #"{"email":"ada@example.com","tags":["a","b"]}"#
        #expect(String(decoding: try JSONCoder.write(login), as: UTF8.self) == text)
        #expect(try written(login) == text)
        #expect(try written([Box(value: login)]) == "[{\"value\":\(text)}]")
        let back = try JSONCoder.read(FastLogin.self, from: bytes(text))
        #expect(back == login)
    }

    @Test func `what reads itself has the same errors`() {
        func failure(_ text: String) -> FieldError? {
            do { _ = try JSONCoder.read(FastLogin.self, from: bytes(text)) } catch {
                return (error as? InvalidInput)?.fields.first
            }
            return nil
        }
        #expect(
            failure(#"{"email":"x","tags":[]}"#)
                == FieldError(path: "email", problem: .malformed(.email)))
        #expect(
            failure(#"{"email":"a@b.example","tags":[1]}"#)
                == FieldError(
                    path: "tags[0]", problem: .wrongType(expected: .string, received: .integer)))
        #expect(failure("{}") == FieldError(path: "email", problem: .missing(expected: .string)))
        #expect(
            failure("[]")
                == FieldError(path: "", problem: .wrongType(expected: .object, received: .list)))
    }
}

import Coding
import Values

struct Login: Codable, Equatable {
    var email: String
    var password: String
}

enum Role: String, Codable, CaseIterable {
    case admin, member, guest
}

struct FastLogin: Codable, Equatable, JSONReadable, JSONWritable {
    var email: EmailAddress
    var tags: [String]
    var note: String?

    init(email: EmailAddress, tags: [String], note: String?) {
        (self.email, self.tags, self.note) = (email, tags, note)
    }

    init(json: JSONCursor) throws {
        email = try json.value("email")
        tags = try json.value("tags")
        note = try json.optional("note")
    }

    func write(to json: inout JSONOutput) {
        json.open()
        json.field("email", email)
        json.field("tags", tags)
        json.field("note", note)
        json.close()
    }
}

enum Shape: Codable, Equatable {
    case circle(radius: Double), none, pair(Int, String)
}

indirect enum Chain: Codable, Equatable {
    case end, more(Int, Chain)
}

struct Person: Codable, Equatable {
    var name: String
    var friends: [Person]
}

struct Nested: Codable, Equatable {
    var number: Int
    var deep: [String: [Int?]]
    var shapes: [Shape]
    var chain: Chain
    var maybe: String?
    var table: [[Int]]
}

struct Scalars: Codable, Equatable {
    var a: Int8, b: Int16, c: Int32, d: Int64, e: UInt8, f: UInt16, g: UInt32, h: UInt64, i: UInt
    var j: Float, k: Double, l: Bool
    var m: Int8?, n: UInt?, o: Float?, p: Bool?

    static let lowest = Scalars(
        a: .min, b: .min, c: .min, d: .min, e: .min, f: .min, g: .min, h: .min, i: .min,
        j: -1.5, k: -.greatestFiniteMagnitude, l: false)
    static let highest = Scalars(
        a: .max, b: .max, c: .max, d: .max, e: .max, f: .max, g: .max, h: .max, i: .max,
        j: .greatestFiniteMagnitude, k: .leastNonzeroMagnitude, l: true, m: 1, n: 2, o: 0.5,
        p: true)
}

struct ByHand: Codable, Equatable {
    var a: Int, b: Int, list: [Int]

    enum Outer: String, CodingKey { case inner, list }
    enum Inner: String, CodingKey { case a, b }

    init(a: Int, b: Int, list: [Int]) {
        (self.a, self.b, self.list) = (a, b, list)
    }

    init(from decoder: any Decoder) throws {
        let outer = try decoder.container(keyedBy: Outer.self)
        let inner = try outer.nestedContainer(keyedBy: Inner.self, forKey: .inner)
        a = try inner.decode(Int.self, forKey: .a)
        b = try inner.decode(Int.self, forKey: .b)
        var elements = try outer.nestedUnkeyedContainer(forKey: .list)
        list = []
        while !elements.isAtEnd { list.append(try elements.decode(Int.self)) }
    }

    func encode(to encoder: any Encoder) throws {
        var outer = encoder.container(keyedBy: Outer.self)
        var inner = outer.nestedContainer(keyedBy: Inner.self, forKey: .inner)
        try inner.encode(a, forKey: .a)
        try inner.encode(b, forKey: .b)
        var elements = outer.nestedUnkeyedContainer(forKey: .list)
        for element in list { try elements.encode(element) }
    }
}

class Base: Codable {
    var a = 1
    init() {}
}

final class Sharing: Base {
    var b = 2
    enum Key: String, CodingKey { case b }

    override init() { super.init() }

    required init(from decoder: any Decoder) throws {
        b = try decoder.container(keyedBy: Key.self).decode(Int.self, forKey: .b)
        try super.init(from: decoder)
    }

    override func encode(to encoder: any Encoder) throws {
        try super.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(b, forKey: .b)
    }
}

final class Nesting: Base {
    var b = 2
    enum Key: String, CodingKey { case b }

    override init() { super.init() }

    required init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        b = try container.decode(Int.self, forKey: .b)
        try super.init(from: container.superDecoder())
    }

    override func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(b, forKey: .b)
        try super.encode(to: container.superEncoder())
    }
}

struct Nothing: Encodable {
    func encode(to encoder: any Encoder) throws {}
}

struct OutOfOrder: Encodable {
    enum Key: String, CodingKey { case a, b, c }

    func encode(to encoder: any Encoder) throws {
        var outer = encoder.container(keyedBy: Key.self)
        var inner = outer.nestedContainer(keyedBy: Key.self, forKey: .a)
        try outer.encode(1, forKey: .b)
        try inner.encode(2, forKey: .c)
    }
}

struct UnusedSuper: Encodable {
    enum Key: String, CodingKey { case a, b }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        _ = container.superEncoder(forKey: .a)
        try container.encode(1, forKey: .b)
    }
}

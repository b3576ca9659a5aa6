/// The grammar of JSON5, read from left to right.
struct JSON5Parser {
    private static let depthMax = 64

    private let bytes: [UInt8]
    private(set) var position = 0

    init(_ bytes: [UInt8]) {
        let hasMark = bytes.starts(with: [0xef, 0xbb, 0xbf])
        self.bytes = bytes
        position = hasMark ? 3 : 0
    }

    var isAtEnd: Bool { position == bytes.count }

    /// The byte at hand; 0, which no text may hold, at the end.
    var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

    mutating func advance() { position += position < bytes.count ? 1 : 0 }

    mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte, !isAtEnd else { return false }
        position += 1
        return true
    }

    func mistake(_ problem: String, at place: Int? = nil) -> JSON5.Mistake {
        let before = bytes[..<(place ?? position)]
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        // Columns count characters, not the bytes they take.
        let column = before[start...].count { $0 & 0xc0 != 0x80 } + 1
        return JSON5.Mistake(line: line, column: column, problem: problem)
    }

    // MARK: Values

    mutating func value(depth: Int) throws(JSON5.Mistake) -> JSON {
        try skipSpace()
        guard depth < Self.depthMax else { throw mistake("this is nested too deeply") }
        switch current {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try list(depth: depth)
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return .string(try string())
        default: return isAtEnd ? try missingValue() : try word()
        }
    }

    private func missingValue() throws(JSON5.Mistake) -> JSON {
        throw mistake("a value is missing")
    }

    private mutating func object(depth: Int) throws(JSON5.Mistake) -> JSON {
        advance()
        var object: JSONObject = [:]
        while true {
            try skipSpace()
            if take(UInt8(ascii: "}")) { return .object(object) }
            let start = position
            let name = try name()
            guard object[name] == nil else { throw mistake("\(name) is there twice", at: start) }
            try skipSpace()
            guard take(UInt8(ascii: ":")) else { throw mistake("a colon is missing after \(name)") }
            object[name] = try value(depth: depth + 1)
            try endMember(UInt8(ascii: "}"))
        }
    }

    private mutating func list(depth: Int) throws(JSON5.Mistake) -> JSON {
        advance()
        var list: [JSON] = []
        while true {
            try skipSpace()
            if take(UInt8(ascii: "]")) { return .list(list) }
            list.append(try value(depth: depth + 1))
            try endMember(UInt8(ascii: "]"))
        }
    }

    /// A comma, or the closing bracket, which is left for the caller.
    private mutating func endMember(_ closing: UInt8) throws(JSON5.Mistake) {
        try skipSpace()
        guard take(UInt8(ascii: ",")) || current == closing else {
            let bracket = Character(Unicode.Scalar(closing))
            throw mistake("a comma or \(bracket) is missing")
        }
    }

    private mutating func name() throws(JSON5.Mistake) -> String {
        if current == UInt8(ascii: "\"") || current == UInt8(ascii: "'") { return try string() }
        let name = plainWord()
        guard let first = name.utf8.first, !first.isDigit else {
            throw mistake("a name is missing")
        }
        return name
    }

    /// Letters, digits, `_`, `$` and all that is beyond ASCII.
    mutating func plainWord() -> String {
        let start = position
        while !isAtEnd, current.isJSON5Name { advance() }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func word() throws(JSON5.Mistake) -> JSON {
        let start = position
        if current.isDigit || "+-.".utf8.contains(current) { return try number() }
        switch plainWord() {
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        case "null": return .null
        case "": throw mistake("this is no value", at: start)
        case let word: throw mistake("text must stand in quotes: \"\(word)\"", at: start)
        }
    }

    // MARK: Space

    mutating func skipSpace() throws(JSON5.Mistake) {
        while !isAtEnd {
            switch current {
            case 0x09...0x0d, 0x20: advance()
            case 0xc2 where next == 0xa0: position += 2
            case UInt8(ascii: "/"): try skipComment()
            default: return
            }
        }
    }

    private var next: UInt8 { position + 1 < bytes.count ? bytes[position + 1] : 0 }

    private mutating func skipComment() throws(JSON5.Mistake) {
        let start = position
        switch next {
        case UInt8(ascii: "/"):
            while !isAtEnd, current != UInt8(ascii: "\n") { advance() }
        case UInt8(ascii: "*"):
            position += 2
            while !(current == UInt8(ascii: "*") && next == UInt8(ascii: "/")) {
                if isAtEnd { throw mistake("this comment has no end", at: start) }
                advance()
            }
            position += 2
        default: throw mistake("this is no comment")
        }
    }
}

extension UInt8 {
    fileprivate var isJSON5Name: Bool {
        let lowercased = self | 0x20
        return isDigit || lowercased >= UInt8(ascii: "a") && lowercased <= UInt8(ascii: "z")
            || self == UInt8(ascii: "_") || self == UInt8(ascii: "$") || self >= 0x80
    }
}

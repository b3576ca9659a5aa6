extension JSON5Parser {
    mutating func number() throws(JSON5.Mistake) -> JSON {
        let start = position
        var text = ""
        if take(UInt8(ascii: "-")) { text = "-" } else { _ = take(UInt8(ascii: "+")) }
        while !isAtEnd, isNumberByte(after: text) {
            text.append(Character(Unicode.Scalar(current)))
            advance()
        }
        guard let number = Self.number(text) else { throw mistake("this is no number", at: start) }
        return number
    }

    /// Digits, a point, letters of hexadecimal numbers, and an exponent with its sign.
    private func isNumberByte(after text: String) -> Bool {
        if current.isDigit || current == UInt8(ascii: ".") { return true }
        if "+-".utf8.contains(current) { return text.hasSuffix("e") || text.hasSuffix("E") }
        return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(current | 0x20)
    }

    private static func number(_ text: String) -> JSON? {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        if digits.hasPrefix("0x") || digits.hasPrefix("0X") {
            let sign = text.hasPrefix("-") ? "-" : ""
            return Int64(sign + digits.dropFirst(2), radix: 16).map { .integer($0) }
        }
        // `007` is no number in JSON5 either, and `Double` takes `nan` and more.
        let hasUselessZero =
            digits.first == "0" && digits.dropFirst().first?.isWholeNumber == true
        guard let first = digits.utf8.first, first.isDigit || first == UInt8(ascii: "."),
            !hasUselessZero
        else { return nil }
        if let integer = Int64(text) { return .integer(integer) }
        guard let number = Double(text), number.isFinite else { return nil }
        return .number(number)
    }

    // MARK: Text

    mutating func string() throws(JSON5.Mistake) -> String {
        let start = position
        let quote = current
        advance()
        var text: [UInt8] = []
        while !take(quote) {
            switch current {
            case _ where isAtEnd, UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                throw mistake("this text has no closing quote", at: start)
            case UInt8(ascii: "\\"):
                advance()
                try escape(into: &text)
            case let byte:
                text.append(byte)
                advance()
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSON5.Mistake) {
        guard !isAtEnd else { throw mistake("this text has no closing quote") }
        let byte = current
        advance()
        switch byte {
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0c)
        case UInt8(ascii: "n"): text.append(0x0a)
        case UInt8(ascii: "r"): text.append(0x0d)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "v"): text.append(0x0b)
        case UInt8(ascii: "x"): text.append(contentsOf: String(try scalar(digits: 2)).utf8)
        case UInt8(ascii: "u"): text.append(contentsOf: String(try character()).utf8)
        case UInt8(ascii: "\r"): _ = take(UInt8(ascii: "\n"))
        case UInt8(ascii: "\n"): break
        case UInt8(ascii: "0")...UInt8(ascii: "9"): throw mistake("this escape is not known")
        default: text.append(byte)
        }
    }

    /// Four hexadecimal digits, or twice four for what is beyond U+FFFF.
    private mutating func character() throws(JSON5.Mistake) -> Character {
        let first = try hexadecimal(digits: 4)
        guard first >> 10 == 0x36 else { return try Character(scalar(first)) }
        guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
            throw mistake("half of a surrogate pair is missing")
        }
        let second = try hexadecimal(digits: 4)
        guard second >> 10 == 0x37 else { throw mistake("half of a surrogate pair is missing") }
        return try Character(scalar(0x10000 + ((first & 0x3ff) << 10) + (second & 0x3ff)))
    }

    private mutating func scalar(digits: Int) throws(JSON5.Mistake) -> Character {
        try Character(scalar(hexadecimal(digits: digits)))
    }

    private func scalar(_ code: UInt32) throws(JSON5.Mistake) -> Unicode.Scalar {
        guard let scalar = Unicode.Scalar(code) else {
            throw mistake("half of a surrogate pair is missing")
        }
        return scalar
    }

    private mutating func hexadecimal(digits: Int) throws(JSON5.Mistake) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<digits {
            guard let digit = Character(Unicode.Scalar(current)).hexDigitValue, !isAtEnd else {
                throw mistake("a hexadecimal digit is missing")
            }
            code = code << 4 | UInt32(digit)
            advance()
        }
        return code
    }
}

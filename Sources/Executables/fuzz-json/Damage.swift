/// Texts with small damage of the kinds that find mistakes in parsers, the same for the same seed.
struct Damage {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    private static let seeds: [[UInt8]] = [
        #"{"id":"01890a5d-ac96-774b-bcce-b302099a8057","email":"ada@example.com","role":"admin","#
            + #""age":36,"born":"1985-12-10T08:00:00.000Z","tags":["a","b\n","\ud83d\ude00"],"#
            + #""inner":{"city":"Köln","scores":[1,-2.5e3,0.001],"samples":[]},"note":null,"#
            + #""names":{"x":true,"y":false},"data":[{"a":[[]]},12345678901234567890,1e308]}"#,
        #"{"id":1,"email":[],"role":"king","age":300,"born":"x","tags":{},"inner":{"scores":"#
            + #"[null,"1"],"samples":[{},{"id":2}]},"names":{"x":1}}"#,
        "id=1&email=a%40b.example&age=5&tags=x&tags=y+z&inner=%7B%7D&note=%C3%A9",
        #"[[[["\\\"\/\b\f\n\r\t\u0000"]]],{"":{"":{}}},-0.0,1E+5,true,false,null,"12345678"]"#,
        "{" + (0..<40).map { "\"name\($0)\":\($0)" }.joined(separator: ",") + "}",
    ].map { Array($0.utf8) }

    private static let tokens = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\udc00", "null", "true", "0",
        "-", "1e", "e999", ".", "\"a\":1", "\"a\"", " ", "\n", "é", "😀", "[[", "]]", "{}",
        "\u{1}", "\u{0}", "00", "&", "=", "%", "%F", "+", "\u{feff}",
    ].map { Array($0.utf8) }

    private mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
    }

    mutating func text() -> [UInt8] {
        var text = Self.seeds[below(Self.seeds.count)]
        for _ in 0..<below(6) { change(&text) }
        return text
    }

    private mutating func change(_ text: inout [UInt8]) {
        let at = below(text.count + 1)
        let other = below(text.count + 1)
        let token = Self.tokens[below(Self.tokens.count)]
        switch below(7) {
        case 0 where at < text.count: text[at] = UInt8(below(256))
        case 1 where at < text.count: text.remove(at: at)
        case 2 where at < text.count: text[at] ^= 1 << UInt8(below(8))
        case 3: text = Array(text[..<at])
        case 4 where text.count < 3000:
            text.insert(contentsOf: text[min(at, other)..<max(at, other)], at: at)
        case 5: text.removeSubrange(min(at, other)..<min(max(at, other), min(at, other) + 8))
        default: text.insert(contentsOf: token, at: at)
        }
    }
}

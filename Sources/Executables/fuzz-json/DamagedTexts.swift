import Fuzzing

extension TextDamage {
    /// To JSON and to forms.
    static func toTexts(seed: UInt64) -> TextDamage {
        TextDamage(to: texts, tokens: tokens, seed: seed)
    }

    private static let texts = [
        #"{"id":"01890a5d-ac96-774b-bcce-b302099a8057","email":"ada@example.com","role":"admin","#
            + #""age":36,"born":"1985-12-10T08:00:00.000Z","tags":["a","b\n","\ud83d\ude00"],"#
            + #""inner":{"city":"Köln","scores":[1,-2.5e3,0.001],"samples":[]},"note":null,"#
            + #""names":{"x":true,"y":false},"data":[{"a":[[]]},12345678901234567890,1e308]}"#,
        #"{"id":1,"email":[],"role":"king","age":300,"born":"x","tags":{},"inner":{"scores":"#
            + #"[null,"1"],"samples":[{},{"id":2}]},"names":{"x":1}}"#,
        "id=1&email=a%40b.example&age=5&tags=x&tags=y+z&inner=%7B%7D&note=%C3%A9",
        #"[[[["\\\"\/\b\f\n\r\t\u0000"]]],{"":{"":{}}},-0.0,1E+5,true,false,null,"12345678"]"#,
        "{" + (0..<40).map { "\"name\($0)\":\($0)" }.joined(separator: ",") + "}",
    ]

    private static let tokens = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\udc00", "null", "true", "0",
        "-", "1e", "e999", ".", "\"a\":1", "\"a\"", " ", "\n", "é", "😀", "[[", "]]", "{}",
        "\u{1}", "\u{0}", "00", "&", "=", "%", "%F", "+", "\u{feff}",
    ]
}

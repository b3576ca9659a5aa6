import Coding
import Foundation
import Testing
import Values

@Suite struct TextTests {
    @Test func `base64 is as in RFC 4648`() {
        let vectors = [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
        ]
        for (plain, encoded) in vectors {
            let unpadded = encoded.replacing("=", with: "")
            #expect(Base64.encode(bytes(plain)) == encoded)
            #expect(Base64.decode(encoded) == bytes(plain))
            #expect(Base64URL.encode(bytes(plain)) == unpadded)
            #expect(Base64URL.decode(unpadded) == bytes(plain))
        }
        #expect(Base64URL.encode([0xFB, 0xFF]) == "-_8")
        #expect(Base64.encode([0xFB, 0xFF]) == "+/8=")
    }

    @Test func `base64 of any length is Foundation's`() {
        var generator = SeededNumbers.ofTest
        for count in 0..<100 {
            let data = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            #expect(Base64.encode(data) == Data(data).base64EncodedString())
            #expect(Base64.decode(Base64.encode(data)) == data)
            #expect(Base64URL.decode(Base64URL.encode(data)) == data)
        }
    }

    @Test(arguments: [
        "Zg", "Zg=", "Zg===", "Z", "=", "==", "====", "Zh==", "Zm9=", "Zm9v\n", " Zm9v", "Zm-v",
        "Zg==Zg==", "é", "Z===",
    ])
    func `base64 that is not exact is refused`(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test(arguments: ["Z", "Zh", "Zm9", "Zg==", "Zm+v", "Zm/v", "Zm9vY", " ", "Zm9v="])
    func `base64url that is not exact is refused`(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test func `percent encoding goes there and back`() {
        let text = "a b/ü?&=%+~-._😀"
        #expect(PercentEncoding.encode(text) == "a%20b%2F%C3%BC%3F%26%3D%25%2B~-._%F0%9F%98%80")
        #expect(PercentEncoding.decode(PercentEncoding.encode(text)) == text)
        #expect(PercentEncoding.decode("a+b%2b") == "a+b+")
        for bad in ["%", "%1", "%zz", "%+1", "a%C3", "%FF", "%ed%a0%80"] {
            #expect(PercentEncoding.decode(bad) == nil, "\(bad)")
        }
    }

    @Test func `forms go there and back`() throws {
        let fields: [FormURLEncoded.Field] = [("a b", "1&2"), ("ü", ""), ("x", "=+%")]
        let text = FormURLEncoded.encode(fields)
        #expect(text == "a+b=1%262&%C3%BC=&x=%3D%2B%25")
        let back = try FormURLEncoded.decode(query: text)
        #expect(back.map(\.name) == fields.map(\.name))
        #expect(back.map(\.text) == fields.map(\.text))
    }

    @Test func `forms are read as browsers send them`() throws {
        let fields = try FormURLEncoded.decode(query: "&a=1&&b&=c&d=e=f&")
        #expect(fields.map(\.name) == ["a", "b", "", "d"])
        #expect(fields.map(\.text) == ["1", "", "c", "e=f"])
        #expect(try FormURLEncoded.decode(query: "").isEmpty)
    }

    @Test func `forms have limits`() throws {
        let text = repeatElement("a=1", count: 100).joined(separator: "&")
        #expect(try FormURLEncoded.decode(query: text).count == 100)
        #expect(throws: FormURLEncoded.Failure.tooManyFields) {
            try FormURLEncoded.decode(query: text + "&b")
        }
        #expect(throws: FormURLEncoded.Failure.badEscape) {
            try FormURLEncoded.decode(query: "a=%4")
        }
        #expect(throws: FormURLEncoded.Failure.badEscape) {
            try FormURLEncoded.decode(query: "a=%FF")
        }
    }
}

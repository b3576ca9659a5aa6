import Testing
import Values

@Suite struct EmailAddressRuleTests {
    @Test(arguments: [
        "a@b.example", "a.b+c@d-e.f.example", "!#$%&'*+/=?^_`{|}~-@x.yy", "1@1.aa",
        String(repeating: "a", count: 64) + "@b.example",
        "a@" + String(repeating: "b", count: 63) + ".example",
    ])
    func `addresses that mail is sent to are accepted`(text: String) throws {
        #expect(try EmailAddress(text).text == text)
    }

    @Test(arguments: [
        "", "@", "a", "a@", "@b.example", "a@b", "a@b.", "a@.b.example", "a@b..example",
        ".a@b.example",
        "a.@b.example", "a..b@b.example", "a@b@c.example", "a b@c.example", "a@b c.example",
        "a@-b.example", "a@b-.example", "a@b.e", "a@b.e1", "a@b.-xy", "a@b.xy-", "ä@b.example",
        "a@ä.example", "a@b.example\n", "a\u{0}@b.example", "(a)@b.example", "\"a\"@b.example",
        String(repeating: "a", count: 65) + "@b.example",
        "a@" + String(repeating: "b", count: 64) + ".example",
        "a@" + String(repeating: "b.", count: 125) + "example",
    ])
    func `all else is refused`(text: String) {
        #expect(throws: Invalid.malformed(.email)) { try EmailAddress(text) }
    }

    @Test func `case does not make two people`() throws {
        #expect(try EmailAddress("Ada@Example.COM") == EmailAddress("ada@example.com"))
    }
}

import Secrets
import Testing
import Values

@Suite struct PasswordPolicyTests {
    // C11
    @Test(
        arguments: [
            ("Passw0rd", []),
            ("Passw0r", [.tooShort(min: 8)]),
            ("passw0rd", [.rule("password.uppercase")]),
            ("Password", [.rule("password.number")]),
            ("", [.tooShort(min: 8), .rule("password.uppercase"), .rule("password.number")]),
            ("A1" + String(repeating: "a", count: 126), []),
            ("A1" + String(repeating: "a", count: 127), [.tooLong(max: 128)]),
            ("PÄSSWÖRD1", []),
            ("ÄÖÜäöüß1", [.rule("password.uppercase")]),
            ("PASSWORD\u{0661}", [.rule("password.number")]),
        ] as [(String, [Invalid])])
    func `the strict rules name each that is broken`(password: String, problems: [Invalid]) {
        #expect(PasswordPolicy.strict.problems(of: Secret(password)) == problems)
    }

    // C11
    @Test func `better-auth's rules are about length only`() {
        #expect(PasswordPolicy.betterAuth.problems(of: Secret("password")) == [])
        #expect(PasswordPolicy.betterAuth.problems(of: Secret("passwor")) == [.tooShort(min: 8)])
    }

    /// Counted in UTF-16 units, four of these were eight, and the API's document said otherwise.
    @Test func `length is counted in characters, as the API's document counts`() {
        let problems = { (text: String) in PasswordPolicy.betterAuth.problems(of: Secret(text)) }
        #expect(problems("👍👍👍👍") == [.tooShort(min: 8)])
        #expect(problems(String(repeating: "👍", count: 8)) == [])
        #expect(problems(String(repeating: "👍", count: 128)) == [])
        #expect(problems(String(repeating: "👍", count: 129)) == [.tooLong(max: 128)])
    }
}

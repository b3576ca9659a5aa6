import Testing

@testable import Tidy

@Suite struct SwiftTextTests {
    @Test func `comments and strings are no code`() {
        let text = SwiftText("let a = \"try! // x\" // try! y\n/* try! /* z */ */ let b = 1")
        #expect(text.code.map(\.trimmed) == ["let a =", "let b = 1"])
        #expect(text.comments[0] == "// try! y")
        #expect(text.literals.map(\.text) == ["try! // x"])
    }

    @Test func `what stands in an interpolation is code`() {
        let text = SwiftText(#"let a = "x \(try! f("y")) z""#)
        #expect(text.code[0].contains("try! f("))
        #expect(text.literals.last?.text == #"x \() z"#)
        #expect(text.literals.last?.isInterpolated == true)
    }

    @Test func `raw strings and strings of many lines end where they end`() {
        let text = SwiftText(
            "let a = #\"\"\"\n  SELECT \"x\" \\(no)\n  \"\"\"#; let b = #\"a\"b\"#; c()")
        #expect(text.literals.map(\.isInterpolated) == [false, false])
        #expect(text.literals.last?.text == "a\"b")
        #expect(text.code[2].contains("c()"))
    }

    @Test func `a raw identifier may hold anything`() {
        let text = SwiftText("@Test func `it doesn't say \"no\" // ever`() { f() }")
        #expect(text.code[0].contains("{ f() }"))
        #expect(text.literals.isEmpty)
    }

    @Test func `a literal knows the call it is an argument of`() {
        let text = SwiftText(
            "let a = Statement(.point, \"\"\"\n    SELECT 1\n    \"\"\", binds: f(\"b\"))")
        #expect(text.literals.map(\.call) == ["Statement", "f"])
        #expect(text.literals.map(\.line) == [0, 2])
    }
}

import Testing
import Values

@testable import SQL

struct SQLFragmentTests {
    @Test func `values become parameters in their order`() {
        let fragment: SQLFragment = "a = \(1) AND b = \("x; DROP TABLE y") AND c = \(true)"
        #expect(fragment.text == "a = $1 AND b = $2 AND c = $3")
        #expect(fragment.types == [.integer, .text, .boolean])
    }

    @Test func `parts are numbered anew where they are put`() {
        let inner: SQLFragment = "b = \("x")"
        let outer: SQLFragment = "a = \(1) AND (\(inner)) AND c = \(2.5)"
        #expect(outer.text == "a = $1 AND (b = $2) AND c = $3")
        #expect(outer.types == [.integer, .text, .double])
        #expect((inner + " OR " + inner).text == "b = $1 OR b = $2")
    }

    @Test func `a list is joined`() {
        let parts: [SQLFragment] = ["a = \(1)", "b = \(2)", "c IS NULL"]
        #expect(parts.joined(by: " AND ").text == "a = $1 AND b = $2 AND c IS NULL")
        #expect([SQLFragment]().joined(by: ", ").isEmpty)
    }

    @Test func `a null has the type it would have had`() {
        let fragment: SQLFragment = "a = \(nil as String?)"
        #expect(fragment.types == [.text])
    }

    @Test func `identifiers are quoted`() throws {
        let column = try SQLIdentifier("order")
        let fragment: SQLFragment = "SELECT \(column) FROM t WHERE \(column) > \(1)"
        #expect(fragment.text == #"SELECT "order" FROM t WHERE "order" > $1"#)
    }

    @Test(arguments: ["", "A", "1a", "_a", "a b", "a\"b", "ä", "a\0", "a-b", "a.b"])
    func `names that need care are no identifiers`(name: String) {
        #expect(throws: Invalid.self) { try SQLIdentifier(name) }
    }

    @Test func `identifiers have a length`() throws {
        #expect(try SQLIdentifier(String(repeating: "a", count: 63)).name.count == 63)
        #expect(throws: Invalid.tooLong(max: 63)) {
            try SQLIdentifier(String(repeating: "a", count: 64))
        }
    }

    @Test func `one text has one statement, another type another`() {
        var cores = FragmentCores(max: 8)
        func core(
            _ fragment: SQLFragment, _ kind: StatementCore.Kind = .scan,
            returning result: Any.Type = Single<Int>.self
        ) -> StatementCore {
            cores.core(of: fragment, kind, ObjectIdentifier(result)) { { [] } }
        }
        #expect(core("SELECT \(1)") === core("SELECT \(2)"))
        #expect(core("SELECT \(1)") !== core("SELECT \("a")"))
        #expect(core("SELECT \(1)") !== core("SELECT  \(1)"))
        let other: SQLFragment = "SELECT \(1)"
        #expect(core(other, returning: Single<Int?>.self) !== core(other))
        #expect(core(other, .write) !== core(other))
        #expect(core(other).isKept)
    }

    @Test func `shapes that anybody may ask for leave room for the others`() {
        var cores = FragmentCores(max: 8)
        func isKept(_ count: Int, isOneOfMany: Bool) -> Bool {
            let sum = [SQLFragment](repeating: "1", count: count).joined(by: " + ")
            var fragment: SQLFragment = "SELECT \(sum)"
            fragment.isOneOfMany = isOneOfMany
            return cores.core(of: fragment, .scan, ObjectIdentifier(Single<Int>.self)) { { [] } }
                .isKept
        }
        #expect((1...20).filter { isKept($0, isOneOfMany: true) } == Array(1...4))
        #expect((21...40).filter { isKept($0, isOneOfMany: false) } == Array(21...24))
        #expect(isKept(1, isOneOfMany: true))
    }
}

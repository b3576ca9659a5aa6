import Identity
import SQL
import Testing

@testable import Resources

struct RuleTests {
    @Test(arguments: [
        ("anyone", Rule.anyone), ("signedIn", .signedIn), (" owner ", .owner),
        ("organization.role >= admin", .organizationRole(.admin)),
        ("vip", .predicate("vip", atLeast: nil)),
        ("user.tier>=professional", .predicate("user.tier", atLeast: "professional")),
        (
            "owner or vip and signedIn",
            .or(.owner, .and(.predicate("vip", atLeast: nil), .signedIn))
        ),
        (
            "(owner or vip) and signedIn",
            .and(.or(.owner, .predicate("vip", atLeast: nil)), .signedIn)
        ),
        ("not owner and signedIn", .and(.not(.owner), .signedIn)),
        ("not (owner or anyone)", .not(.or(.owner, .anyone))),
        ("not not owner", .not(.not(.owner))),
    ])
    func `a rule is read, and written so that it is read the same`(
        _ text: String, _ rule: Rule
    ) throws {
        #expect(try RuleParser.parse(text) == rule)
        #expect(try RuleParser.parse(rule.description) == rule)
    }

    // C22
    @Test func `owner, role and tier are three things that one rule may ask`() throws {
        let rule = try RuleParser.parse(
            "owner or organization.role >= member or user.tier >= professional")
        #expect(rule.leaves.count == 3)
    }

    @Test(arguments: [
        ("", "ends where a name should be"),
        ("owner owner", "has owner where and, or, or its end should be"),
        ("(owner", "lacks a closing parenthesis"),
        ("owner)", "has ) where and, or, or its end should be"),
        ("or owner", "has or where a name should be"),
        ("owner >= admin", "compares owner, which is just true or not"),
        ("organization.role", "needs organization.role >= and one of member, admin, owner"),
        ("organization.role >= king", "needs organization.role >= and one of member, admin, owner"),
        ("tier >=", "lacks a word after >="),
        ("tier > 5", "has > where and, or, or its end should be"),
        ("'; DROP TABLE users; --", "has a character that no rule has"),
        ("ownér", "has a character that no rule has"),
        ("1 = 1", "has a character that no rule has"),
        ("9lives", "has 9lives where a name should be"),
        (String(repeating: "not ", count: 100) + "owner", "has too many words"),
        (String(repeating: "(", count: 5000), "has too many words"),
    ])
    func `what is no rule is told why`(_ text: String, _ problem: String) {
        do {
            _ = try RuleParser.parse(text)
            Issue.record("it was read")
        } catch {
            #expect(error.problem == problem)
        }
    }

    @Test(arguments: [
        ("anyone", true), ("signedIn", false), ("owner or anyone", true),
        ("owner and anyone", false),
        ("not owner", true), ("not anyone", false), ("not (anyone or owner)", false),
        ("vip", false),
    ])
    func `whether strangers may come in is known beforehand`(
        _ text: String, _ admits: Bool
    ) throws {
        #expect(try RuleParser.parse(text).admitsStrangers == admits)
    }

    @Test func `a rule becomes a condition in parentheses, whose values are bound`() throws {
        struct Compiler: RuleCompiler {
            func condition(of leaf: Rule) -> RuleCondition { .when("(c = \(leaf.description))") }
        }
        let condition = try RuleParser.parse("owner and not (vip or anyone)").condition(Compiler())
        #expect(condition.sql.text == "((c = $1) AND (NOT ((c = $2) OR (c = $3))))")
    }
}

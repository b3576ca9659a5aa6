import Identity
import SQL
import Testing
import Values

@testable import Resources

/// Rules that an app makes, and what a caller is to rules.
struct PredicateTests {
    private static let isPaid = RulePredicate("user.tier") { _, least in least == "basic" }

    private static let user = ID<User>(high: 1, low: 1)
    private static let organization = ID<Organization>(high: 1, low: 2)

    // C22
    @Test func `an app's rules are asked once, before the query, and stand in none`() async throws {
        let rules = RulePredicates([Self.isPaid])
        let leaves: Set<Rule> = [
            .predicate("user.tier", atLeast: "basic"), .predicate("user.tier", atLeast: "gold"),
            .predicate("nobody's", atLeast: nil),
        ]
        let answers = try await rules.answers(to: leaves, for: nil)
        #expect(answers[.predicate("user.tier", atLeast: "basic")] == true)
        #expect(answers[.predicate("user.tier", atLeast: "gold")] == false)
        #expect(answers[.predicate("nobody's", atLeast: nil)] == false)
        let caller = RuleCaller(.user(Self.user), answers: answers)
        #expect(try condition("user.tier >= basic", caller) == "(TRUE)")
        #expect(try condition("user.tier >= gold", caller) == "(FALSE)")
        #expect(
            try condition("owner and user.tier >= basic", caller)
                == #"("items"."user_id" = $1)"#)
        #expect(try condition("owner and user.tier >= gold", caller) == "(FALSE)")
    }

    @Test(arguments: [
        ("anyone", "(TRUE)", "(TRUE)"), ("signedIn", "(FALSE)", "(TRUE)"),
        ("owner", "(FALSE)", #"("items"."user_id" = $1)"#),
        ("not owner", "(TRUE)", #"(NOT ("items"."user_id" = $1))"#),
        ("owner or anyone", "(TRUE)", "(TRUE)"),
    ])
    func `what is known of a caller is left out of the query`(
        _ rule: String, _ stranger: String, _ user: String
    ) throws {
        #expect(try condition(rule, RuleCaller(RuleCaller.Holder.nobody)) == stranger)
        #expect(try condition(rule, RuleCaller(.user(Self.user))) == user)
    }

    @Test func `an organization's key may what its admins may, and no more`() throws {
        let caller = RuleCaller(.organization(Self.organization))
        let own = #"("items"."organization_id" = $1)"#
        #expect(try condition("owner", caller, owner: .organization) == own)
        #expect(try condition("organization.role >= admin", caller, owner: .organization) == own)
        #expect(
            try condition("organization.role >= owner", caller, owner: .organization) == "(FALSE)")
        #expect(try condition("owner", caller) == "(FALSE)")
    }

    @Test func `nobody makes rows for others, whatever the rule`() throws {
        let user = RuleCaller(.user(Self.user))
        let key = RuleCaller(.organization(Self.organization))
        let own = try resource("anyone", .user)
        #expect(user.creating(own, in: nil).sql.text == "(TRUE)")
        #expect(key.creating(own, in: nil).isNever)
        let shared = try resource("signedIn", .organization)
        #expect(user.creating(shared, in: nil).isNever)
        #expect(
            user.creating(shared, in: Self.organization).sql.text.hasPrefix(
                "($1 IN (SELECT organization_id FROM organization_members"))
        #expect(
            RuleCaller(RuleCaller.Holder.nobody).creating(shared, in: Self.organization).isNever)
    }

    private func resource(
        _ rule: String, _ owner: ResourceDeclaration.Owner
    ) throws -> Resource {
        var declaration = ResourceDeclaration(
            "items", owner: owner, fields: [ResourceField("name", .text)])
        let rule = try RuleParser.parse(rule)
        declaration.rules = [.read: rule]
        if !rule.admitsStrangers { declaration.rules[.create] = rule }
        let catalog = try ResourceCatalog([declaration], predicates: ["user.tier", "nobody's"])
        return try #require(catalog["items"])
    }

    private func condition(
        _ rule: String, _ caller: RuleCaller, owner: ResourceDeclaration.Owner = .user
    ) throws -> String {
        caller.condition(.read, of: try resource(rule, owner)).sql.text
    }
}

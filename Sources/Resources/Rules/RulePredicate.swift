import Identity

/// A rule that an app makes in Swift and declarations name: `user.tier >= professional`.
///
/// It is asked once for a request, before the query, and knows the caller and not the row. Nil is who
/// shows no credentials.
package struct RulePredicate: Sendable {
    package typealias Check =
        @Sendable (_ caller: Principal?, _ least: String?) async throws -> Bool

    package let name: String
    let isTrue: Check

    package init(_ name: String, isTrue: @escaping Check) {
        self.name = name
        self.isTrue = isTrue
    }
}

/// All predicates of a program, and which of them rules ask.
struct RulePredicates: Sendable {
    private let list: [String: RulePredicate]

    init(_ list: [RulePredicate] = []) {
        self.list = Dictionary(list.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The answers to the predicates among `leaves`. One that nobody made is false; declarations
    /// that name such a one are refused.
    func answers(to leaves: Set<Rule>, for caller: Principal?) async throws -> [Rule: Bool] {
        var answers: [Rule: Bool] = [:]
        for case .predicate(let name, let least) in leaves {
            let isTrue = try await list[name]?.isTrue(caller, least) ?? false
            answers[.predicate(name, atLeast: least)] = isTrue
        }
        return answers
    }
}

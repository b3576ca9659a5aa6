import Identity

/// Who may do something with a row.
///
/// It is asked inside the query, never after it: a row that one may not see is not counted, not
/// found and not hinted at. `RuleParser` reads it from text, `description` writes it.
package indirect enum Rule: Hashable, Sendable {
    case anyone
    case signedIn
    /// The row's user, or a member of the row's organization.
    case owner
    /// A member of the row's organization with at least this role.
    case organizationRole(OrganizationRole)
    /// What the app decides, by its name: `user.tier >= professional`.
    case predicate(String, atLeast: String?)
    case and(Rule, Rule)
    case or(Rule, Rule)
    case not(Rule)
}

extension Rule {
    /// Everything that the rule asks, in the order in which it is written.
    package var leaves: [Rule] {
        switch self {
        case .and(let left, let right), .or(let left, let right): left.leaves + right.leaves
        case .not(let rule): rule.leaves
        default: [self]
        }
    }

    /// Whether it may hold for a caller who is not signed in, whatever the app's predicates say.
    package var admitsStrangers: Bool {
        switch self {
        case .anyone: true
        case .signedIn, .owner, .organizationRole, .predicate: false
        case .and(let left, let right): left.admitsStrangers && right.admitsStrangers
        case .or(let left, let right): left.admitsStrangers || right.admitsStrangers
        // Whoever is not signed in is no owner either.
        case .not(let rule): rule.leaves.allSatisfy { $0 != .anyone }
        }
    }
}

extension Rule: CustomStringConvertible {
    package var description: String {
        switch self {
        case .anyone: "anyone"
        case .signedIn: "signedIn"
        case .owner: "owner"
        case .organizationRole(let role): "organization.role >= \(role.rawValue)"
        case .predicate(let name, let word): word.map { "\(name) >= \($0)" } ?? name
        case .and(let left, let right): "\(left.text(below: 2)) and \(right.text(below: 3))"
        case .or(let left, let right): "\(left.text(below: 1)) or \(right.text(below: 2))"
        case .not(let rule): "not \(rule.text(below: 3))"
        }
    }

    /// In parentheses where what stands around it binds more tightly.
    private func text(below level: Int) -> String {
        level > self.level ? "(\(self))" : "\(self)"
    }

    private var level: Int {
        switch self {
        case .or: 1
        case .and: 2
        default: 3
        }
    }
}

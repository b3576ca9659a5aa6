/// How far a caller may look under a rule, once it is known who he is.
enum RuleReach: Int, CaseIterable, Comparable {
    case nothing
    /// The rows of one owner, or of a few.
    case own
    /// Rows whosever they are.
    case all

    static func < (left: RuleReach, right: RuleReach) -> Bool { left.rawValue < right.rawValue }
}

extension Rule {
    /// Everything that the rule may come to, whoever asks: lists need an index for each.
    var reaches: Set<RuleReach> {
        switch self {
        case .anyone: [.all]
        case .signedIn, .predicate: [.nothing, .all]
        case .owner, .organizationRole: [.nothing, .own]
        case .and(let left, let right): Self.combine(left, right, min)
        case .or(let left, let right): Self.combine(left, right, max)
        // All but one's own are nearly all.
        case .not(let rule): Set(rule.reaches.map { $0 == .all ? .nothing : .all })
        }
    }

    private static func combine(
        _ left: Rule, _ right: Rule, _ combined: (RuleReach, RuleReach) -> RuleReach
    ) -> Set<RuleReach> {
        Set(left.reaches.flatMap { one in right.reaches.map { combined(one, $0) } })
    }
}

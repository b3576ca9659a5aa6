import SQL

/// Turns what a rule asks into conditions: of the caller, which are known, and of the row.
package protocol RuleCompiler {
    /// One of the leaves: never `and`, `or` or `not`.
    func condition(of leaf: Rule) -> RuleCondition
}

extension Rule {
    package func condition(_ compiler: some RuleCompiler) -> RuleCondition {
        switch self {
        case .and(let left, let right): left.condition(compiler) && right.condition(compiler)
        case .or(let left, let right): left.condition(compiler) || right.condition(compiler)
        case .not(let rule): !rule.condition(compiler)
        default: compiler.condition(of: self)
        }
    }
}

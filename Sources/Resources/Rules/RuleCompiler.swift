import SQL

/// Turns what a rule asks into SQL: the conditions of the caller and of the row.
///
/// Each fragment is true or false and never null, so that `not` means what it says.
package protocol RuleCompiler {
    /// One of the leaves: never `and`, `or` or `not`.
    func condition(of leaf: Rule) -> SQLFragment
}

extension Rule {
    /// The rule as the condition of a statement. It stands by itself in parentheses.
    package func condition(_ compiler: some RuleCompiler) -> SQLFragment {
        switch self {
        case .and(let left, let right):
            "(\(left.condition(compiler)) AND \(right.condition(compiler)))"
        case .or(let left, let right):
            "(\(left.condition(compiler)) OR \(right.condition(compiler)))"
        case .not(let rule): "(NOT \(rule.condition(compiler)))"
        default: "(\(compiler.condition(of: self)))"
        }
    }
}

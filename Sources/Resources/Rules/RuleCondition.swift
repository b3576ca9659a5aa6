import SQL

/// What a rule comes to for one caller: all rows, none, or those that meet a condition.
///
/// What is known before the query is left out of it, so that a rule such as `anyone or owner` costs
/// nothing and an index can serve the rest.
package enum RuleCondition: Sendable {
    case always, never
    /// It stands by itself in parentheses, and is true or false and never null, so that `not` means
    /// what it says.
    case when(SQLFragment)

    /// As a condition of a statement.
    package var sql: SQLFragment {
        switch self {
        case .always: "(TRUE)"
        case .never: "(FALSE)"
        case .when(let condition): condition
        }
    }

    package var isNever: Bool {
        if case .never = self { true } else { false }
    }

    static func known(_ isTrue: Bool) -> RuleCondition { isTrue ? .always : .never }

    package static func && (left: RuleCondition, right: RuleCondition) -> RuleCondition {
        switch (left, right) {
        case (.never, _), (_, .never): .never
        case (.always, let other), (let other, .always): other
        case (.when(let left), .when(let right)): .when("(\(left) AND \(right))")
        }
    }

    static func || (left: RuleCondition, right: RuleCondition) -> RuleCondition {
        switch (left, right) {
        case (.always, _), (_, .always): .always
        case (.never, let other), (let other, .never): other
        case (.when(let left), .when(let right)): .when("(\(left) OR \(right))")
        }
    }

    static prefix func ! (condition: RuleCondition) -> RuleCondition {
        switch condition {
        case .always: .never
        case .never: .always
        case .when(let condition): .when("(NOT \(condition))")
        }
    }
}

import API
import Identity
import SQL
import Values

/// Who asks an operation for rows, and when.
struct RowAsker: Sendable {
    let principal: Principal?
    let rules: RuleCaller
    let now: Instant

    /// The rows that he sees.
    func reading(_ resource: Resource, alias: SQLIdentifier? = nil) -> RuleCondition {
        rules.condition(.read, of: resource, alias: alias)
    }

    /// The rows that he sees and may change: of others nobody learns anything by trying.
    func changing(_ resource: Resource, _ action: ResourceAction) -> RuleCondition {
        reading(resource) && rules.condition(action, of: resource)
    }
}

extension Principal {
    /// The session, where it is one that calls.
    var session: Session? {
        if case .session(let active) = self { active.session } else { nil }
    }
}

import Changes
import Coding
import Identity
import Values

/// Whose a row is, as the log of changes shows it: all that rules ask of a row.
package struct RowOwner: Hashable, Sendable {
    package let user: ID<User>?
    package let organization: ID<Organization>?

    package init(of row: JSON) {
        user = row["userId"]?.asString.flatMap { ID($0) }
        organization = row["organizationId"]?.asString.flatMap { ID($0) }
    }
}

/// What a change is to somebody who sees the row before it, after it, both or not at all.
package enum ChangeSight: Hashable, Sendable {
    case nothing
    /// It is there for him now, whatever it was to others.
    case appears(ChangeKind)
    case changes
    /// It is not there for him any more: deleted, or not his to see.
    case leaves
}

extension RuleCaller {
    /// Whether he may read a row that was read already: the rules of `condition`, without a query.
    package func sees(
        _ owner: RowOwner, of resource: Resource, _ roles: KnownRoles
    ) -> Bool {
        let rules = KnownRowRules(
            caller: self, kind: resource.owner, owner: owner, roles: roles)
        if case .always = resource.declaration.rule(.read).condition(rules) { return true }
        return false
    }

    package func sight(
        of change: Change, of resource: Resource, _ roles: KnownRoles
    ) -> ChangeSight {
        let before = change.before.map { sees(RowOwner(of: $0), of: resource, roles) } ?? false
        let after = change.after.map { sees(RowOwner(of: $0), of: resource, roles) } ?? false
        switch (before, after) {
        case (false, false): return .nothing
        case (true, true): return .changes
        case (true, false): return .leaves
        case (false, true): return .appears(change.kind == .updated ? .created : change.kind)
        }
    }
}

/// The rules of one row that is known. What they come to is known, too: never a condition.
private struct KnownRowRules: RuleCompiler {
    let caller: RuleCaller
    let kind: ResourceDeclaration.Owner
    let owner: RowOwner
    let roles: KnownRoles

    func condition(of leaf: Rule) -> RuleCondition {
        switch leaf {
        case .anyone: .always
        case .signedIn: .known(caller.holder != .nobody)
        case .owner: .known(isOwner)
        case .organizationRole(let role): .known(isMember(atLeast: role))
        default: .known(caller.answer(to: leaf))
        }
    }

    private var isOwner: Bool {
        switch (kind, caller.holder) {
        case (.user, .user(let id)): owner.user == id
        case (.organization, _): isMember(atLeast: .member)
        default: false
        }
    }

    private func isMember(atLeast role: OrganizationRole) -> Bool {
        guard kind == .organization, let organization = owner.organization else { return false }
        switch caller.holder {
        case .nobody: return false
        case .organization(let id): return role != .owner && id == organization
        case .user(let id): return roles.role(of: id, in: organization).map { $0 >= role } ?? false
        }
    }
}

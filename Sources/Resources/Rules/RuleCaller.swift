import Identity
import SQL
import Values

/// Who asks for rows, as far as rules look at him.
///
/// A user's API key is its user; what it may be used for, its scopes say beforehand. An organization's
/// key is the organization: its rows are the key's, in all that its admins may do.
package struct RuleCaller: Sendable {
    /// Whose credentials were shown.
    package enum Holder: Hashable, Sendable {
        case nobody
        case user(ID<User>)
        case organization(ID<Organization>)
    }

    package let holder: Holder
    private let answers: [Rule: Bool]

    /// `answers` are those of the app's predicates; one without an answer is false.
    package init(_ holder: Holder, answers: [Rule: Bool] = [:]) {
        (self.holder, self.answers) = (holder, answers)
    }

    package init(_ principal: Principal?, answers: [Rule: Bool] = [:]) {
        switch principal {
        case nil: self.init(Holder.nobody, answers: answers)
        case .session(let active): self.init(.user(active.user.id), answers: answers)
        case .key(let key):
            switch key.owner {
            case .user(let user): self.init(.user(user.id), answers: answers)
            case .organization(let id): self.init(.organization(id), answers: answers)
            }
        }
    }

    /// Nil for nobody and for organizations.
    package var user: ID<User>? {
        if case .user(let id) = holder { id } else { nil }
    }

    /// The rows of which he may do something. `alias` is what the query calls the table.
    package func condition(
        _ action: ResourceAction, of resource: Resource, alias: SQLIdentifier? = nil
    ) -> RuleCondition {
        let table = alias ?? resource.table
        return resource.declaration.rule(action).condition(
            RowRules(
                caller: self, owner: resource.owner,
                ownerColumn: resource.ownerColumn.map { "\(table).\($0)" } ?? ""))
    }

    /// Whether he may make a row: of his own, or of an organization that he belongs to.
    ///
    /// A row is nobody else's whatever the rule says, and nobody puts rows into an organization that
    /// he is not in.
    func creating(_ resource: Resource, in organization: ID<Organization>?) -> RuleCondition {
        let rule = resource.declaration.rule(.create)
        switch resource.owner {
        case .none: return rule.condition(RowRules(caller: self, owner: .none, ownerColumn: ""))
        case .user:
            guard case .user(let id) = holder else { return .never }
            return rule.condition(RowRules(caller: self, owner: .user, ownerColumn: "\(id)"))
        case .organization:
            guard let organization else { return .never }
            let rules = RowRules(
                caller: self, owner: .organization, ownerColumn: "\(organization)")
            return rules.condition(of: .owner) && rule.condition(rules)
        }
    }

    func answer(to predicate: Rule) -> Bool { answers[predicate] ?? false }
}

/// The rules of one resource's rows for one caller.
private struct RowRules: RuleCompiler {
    let caller: RuleCaller
    let owner: ResourceDeclaration.Owner
    /// Whose the row is: a column, or the value that a new row will have there.
    let ownerColumn: SQLFragment

    func condition(of leaf: Rule) -> RuleCondition {
        switch leaf {
        case .anyone: .always
        case .signedIn: .known(caller.holder != .nobody)
        case .owner: ownership
        case .organizationRole(let role): membership(atLeast: role)
        default: .known(caller.answer(to: leaf))
        }
    }

    private var ownership: RuleCondition {
        switch (owner, caller.holder) {
        case (.user, .user(let id)): .when("(\(ownerColumn) = \(id))")
        case (.organization, _): membership(atLeast: .member)
        default: .never
        }
    }

    private func membership(atLeast role: OrganizationRole) -> RuleCondition {
        guard owner == .organization else { return .never }
        switch caller.holder {
        case .nobody: return .never
        case .organization(let id):
            return role == .owner ? .never : .when("(\(ownerColumn) = \(id))")
        case .user(let id):
            return .when(
                """
                (\(ownerColumn) IN (SELECT organization_id FROM organization_members \
                WHERE user_id = \(id)\(Self.having(role))))
                """)
        }
    }

    private static func having(_ role: OrganizationRole) -> SQLFragment {
        switch role {
        case .member: ""
        case .admin: " AND role IN ('admin', 'owner')"
        case .owner: " AND role = 'owner'"
        }
    }
}

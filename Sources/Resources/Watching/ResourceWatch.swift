import Changes
import Coding
import Identity
import Values

/// A resource as those need to know it who follow what is written to its rows.
///
/// Rules that a query asks are asked here of rows that were read already, each time anew: before the
/// change and after it. A row that leaves somebody's sight is a deletion to him.
package struct ResourceWatch: Sendable {
    package let scope: Scope
    /// Whether the roles that users have in organizations matter.
    package let asksRoles: Bool
    /// Whether the app is asked, so that answers may change.
    package let asksApp: Bool
    private let resource: Resource
    private let predicates: RulePredicates

    fileprivate init(_ resource: Resource, _ all: Resources) throws {
        self.resource = resource
        predicates = all.predicates
        scope = try Scope("\(resource.name):read")
        let leaves = resource.declaration.rule(.read).leaves
        asksApp = leaves.contains { if case .predicate = $0 { true } else { false } }
        asksRoles =
            resource.owner == .organization
            && leaves.contains { leaf in
                if case .organizationRole = leaf { true } else { leaf == .owner }
            }
    }

    package var name: String { resource.name }

    package var admitsStrangers: Bool { resource.declaration.rule(.read).admitsStrangers }

    /// Somebody as the rules look at him, with the app's answers of this moment.
    package func caller(_ principal: Principal?) async throws -> RuleCaller {
        let leaves = Set(resource.declaration.rule(.read).leaves)
        return RuleCaller(
            principal, answers: try await predicates.answers(to: leaves, for: principal))
    }

    package func sight(
        of change: Change, for caller: RuleCaller, _ roles: KnownRoles
    ) -> ChangeSight {
        caller.sight(of: change, of: resource, roles)
    }

    /// The organizations in which users' roles must be known to say who sees a change.
    package func organizations(of change: Change) -> [ID<Organization>] {
        guard asksRoles else { return [] }
        return [change.before, change.after].compactMap {
            $0.flatMap { RowOwner(of: $0).organization }
        }
    }
}

extension Resources {
    /// Each resource, as it is followed.
    package var watches: [ResourceWatch] {
        catalog.resources.compactMap { try? ResourceWatch($0, self) }
    }
}

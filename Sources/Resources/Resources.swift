import API
import Changes
import Identity
import SQL
import Secrets
import Surfaces
import Values

/// Declared resources as an API: rows that are made, read, listed, changed, deleted and restored.
///
/// Rules stand in the statements, so that a row which one may not see is not there, for counting,
/// including and referring to as well. Whoever sees a row and may not change it is told so. What is
/// written stands in the log of changes, too, by the same transaction.
package struct Resources: Sendable {
    package static let name = "resources"

    package let identity: Identity
    let catalog: ResourceCatalog
    let changes: ChangeLog
    let predicates: RulePredicates
    private let seal: FieldSeal
    private let byName: [String: Resource]

    /// `predicates` are the rules that the app makes in Swift and its declarations name.
    package init(
        _ catalog: ResourceCatalog, _ identity: Identity, _ keyring: Keyring,
        _ changes: ChangeLog, predicates: [RulePredicate] = []
    ) {
        self.catalog = catalog
        (self.identity, self.changes) = (identity, changes)
        self.predicates = RulePredicates(predicates)
        seal = FieldSeal(keyring)
        byName = Dictionary(
            catalog.resources.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    package func module(_ surfaces: SurfaceList) throws -> Module {
        Module(Self.name, parts: catalog.resources.isEmpty ? [] : [try v1(surfaces.callers)])
    }

    /// The columns of personal data, for whoever rotates the encryption keys.
    package var sealedColumns: [SealedColumn] { seal.columns(of: catalog) }

    func statements(of resource: Resource) -> RowStatements {
        RowStatements(resource: resource, engine: identity.database.engine, seal: seal)
    }

    /// The resource whose rows a reference names.
    func target(of field: Resource.Field) -> Resource? {
        field.declaration.reference.flatMap { byName[$0.resource] }
    }

    /// The app's predicates that an operation on a resource may ask: among its own rules, and among
    /// those for reading what it refers to and what refers to it.
    func predicateLeaves(around resource: Resource) -> Set<Rule> {
        let neighbours =
            resource.fields.compactMap { target(of: $0) }
            + resource.declaration.relations.compactMap { byName[$0.resource] }
        let rules =
            ResourceAction.allCases.map(resource.declaration.rule)
            + neighbours.map { $0.declaration.rule(.read) }
        return Set(
            rules.flatMap(\.leaves).filter {
                if case .predicate = $0 { true } else { false }
            })
    }
}

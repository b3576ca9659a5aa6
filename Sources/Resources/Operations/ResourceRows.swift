import API
import HTTP
import Identity
import SQL
import Values

/// The rows of one resource, as the operations on them need to know it.
struct ResourceRows: Sendable {
    let resource: Resource
    let all: Resources
    let statements: RowStatements
    /// The app's predicates among the rules that a request may ask: the resource's own, and what its
    /// neighbours say of reading.
    private let predicates: Set<Rule>
    /// What a detail shows beside the row.
    private let relations: [Inclusion]

    init(_ resource: Resource, _ all: Resources) {
        self.resource = resource
        self.all = all
        statements = all.statements(of: resource)
        predicates = all.predicateLeaves(around: resource)
        relations = all.catalog.inclusions(of: resource).filter { $0.kind == .many }
    }

    var database: any Database { all.identity.database }

    func asker(_ principal: Principal?, _ call: Call) async throws -> RowAsker {
        let answers = try await all.predicates.answers(to: predicates, for: principal)
        return RowAsker(
            principal: principal, rules: RuleCaller(principal, answers: answers), now: call.now)
    }

    /// A row that the caller sees.
    func find(_ id: ID<ResourceRow>, for asker: RowAsker) async throws -> ResourceRow {
        let row = try await database.first(
            statements.find(id, asker.reading(resource)), .point, reading: statements.read)
        guard let row else { throw Failure.notFound }
        return row
    }

    /// A row with all that it has of its relations, and what else is asked for.
    func detail(
        _ row: ResourceRow, including wishes: [Inclusion] = [], for asker: RowAsker,
        if conditions: Conditions? = nil
    ) async throws -> RowAnswer {
        let shown = relations + wishes.filter { !relations.contains($0) }
        let included = try await RelatedRows(all: all, asker: asker).find(shown, for: [row])
        return RowAnswer(row, of: resource, with: included, if: conditions)
    }

    /// Why there is no row to change: it is not one that the caller sees, or he may not. One that he
    /// may change after all was not there a moment ago, and somebody brought it back.
    func refusal(
        _ id: ID<ResourceRow>, _ may: RuleCondition, for asker: RowAsker,
        _ runner: any StatementRunner
    ) async throws -> Failure {
        let seen = try await runner.first(
            statements.find(id, asker.reading(resource)), .point, reading: statements.read)
        guard seen != nil else { return .notFound }
        let changeable = try await runner.first(
            statements.find(id, may), .point, reading: statements.read)
        return changeable == nil ? .forbidden : .notFound
    }

    // MARK: Refusals of the database

    /// Runs a transaction and says in the API's words what the database refuses.
    func transaction<Output: Sendable>(
        foreignKey: Failure,
        _ body: @escaping @Sendable (any Transaction) async throws -> Output
    ) async throws -> Output {
        do {
            return try await all.changes.transaction(body)
        } catch let error as DatabaseError {
            switch error.code {
            case .uniqueViolation(let constraint):
                guard let field = uniqueField(of: constraint) else { throw error }
                throw Failure.isTaken.about([field.name]).because(error)
            case .foreignKey: throw foreignKey.because(error)
            default: throw error
            }
        }
    }

    private func uniqueField(of constraint: String) -> Resource.Field? {
        resource.fields.first { field in
            field.declaration.isUnique
                && SQLIdentifier(joining: [resource.table, field.column], "key").name == constraint
        }
    }
}

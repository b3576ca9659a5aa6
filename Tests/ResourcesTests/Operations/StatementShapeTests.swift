import DatabaseTesting
import Foundation
import Identity
import SQL
import Secrets
import Testing
import Values

@testable import Resources

/// Every statement that declarations yield fits the tables that they yield.
struct StatementShapeTests {
    // S2-1
    @Test(arguments: Engine.tested)
    func `every shape of statement of every resource can be prepared`(
        on engine: Engine
    ) async throws {
        let catalogs = try [Self.sample(), Self.all()]
        for catalog in catalogs {
            try await withStore(on: engine) { store in
                let type = engine == .sqlite ? "TEXT" : "uuid"
                try await store.transaction { transaction in
                    try await transaction.runScript(
                        """
                        CREATE TABLE organization_members (
                            organization_id \(type) NOT NULL, user_id \(type) NOT NULL,
                            role text NOT NULL);
                        """)
                }
                try await apply(catalog, to: store)
                let statements = try Shapes(catalog, engine).all
                #expect(statements.count > 20 * catalog.resources.count)
                let problems = await StatementCheck(on: store).problems(in: statements)
                for problem in problems { Issue.record("\(problem)") }
            }
        }
    }

    private static func sample() throws -> ResourceCatalog {
        let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        return try DeclarationReader.read(
            ["items", "item_notes"].map { name in
                let data = try Data(
                    contentsOf: URL(fileURLWithPath: "\(root)/Examples/items/\(name).json5"))
                return DeclarationFile(name, [UInt8](data))
            })
    }

    /// Every type of field, owner, deletion and rule.
    private static func all() throws -> ResourceCatalog {
        let fields = [
            "text: { type: 'text', length: [0, 100] }", "mail: { type: 'email', pii: true }",
            "url: { type: 'url' }", "word: { type: 'enum', values: ['a', 'b'], default: 'a' }",
            "number: { type: 'number' }", "count: { type: 'integer', required: true }",
            "isOn: { type: 'boolean', default: false }", "at: { type: 'instant' }",
            "day: { type: 'date' }", "tree: { type: 'json' }",
            "parent: { type: 'reference', resource: 'NAME', onDelete: 'cascade' }",
            "other: { type: 'reference', resource: 'OTHER' }",
        ].joined(separator: ", ")
        let owners = ["user", "organization", "none"]
        let resources = owners.flatMap { owner in
            ["soft", "hard"].map { deletion in
                let name = "\(owner)_\(deletion)"
                let rule = owner == "organization" ? "organization.role >= admin" : "signedIn"
                return """
                    {
                      name: "\(name)", owner: "\(owner)", delete: "\(deletion)",
                      fields: {
                        \(fields.replacing("NAME", with: name).replacing("OTHER", with: "others"))
                      },
                      relations: { children: { resource: "\(name)", field: "parent" } },
                      search: ["text", "url"], sort: ["-createdAt", "text", "count", "at"],
                      filter: ["word", "number", "isOn", "day", "at", "other"],
                      rules: { read: "\(rule) or not signedIn", update: "\(rule)" },
                    }
                    """
            }
        }
        let text = """
            { resources: [
                { name: "others", owner: "none", fields: { name: { type: "text" } } },
                \(resources.joined(separator: ",\n"))
            ] }
            """
        return try DeclarationReader.read([DeclarationFile("all.json5", Array(text.utf8))])
    }
}

/// Statements with a value in each place.
private struct Shapes {
    let catalog: ResourceCatalog
    let engine: Engine
    let seal: FieldSeal
    private let id = ID<ResourceRow>(high: 1, low: 2)
    private let now = Instant(seconds: 1_795_176_000)

    init(_ catalog: ResourceCatalog, _ engine: Engine) throws {
        (self.catalog, self.engine) = (catalog, engine)
        seal = FieldSeal(
            try Keyring(
                key: Secret(Data(repeating: 7, count: 32).base64EncodedString()),
                randomness: .system))
    }

    private var callers: [RuleCaller] {
        let holders: [RuleCaller.Holder] = [
            .nobody, .user(ID(high: 1, low: 1)), .organization(ID(high: 1, low: 3)),
        ]
        return holders.map { RuleCaller($0) }
    }

    var all: [StatementCore] {
        catalog.resources.flatMap { resource in
            callers.flatMap { caller in
                changes(of: resource, by: caller) + lists(of: resource, by: caller)
            } + cascades(of: resource)
        }
    }

    private func statements(_ resource: Resource) -> RowStatements {
        RowStatements(resource: resource, engine: engine, seal: seal)
    }

    private func changes(of resource: Resource, by caller: RuleCaller) -> [StatementCore] {
        let statements = statements(resource)
        let row = ResourceRow(
            id: id, userID: nil, organizationID: nil,
            values: resource.fields.map { _ in .null }, createdAt: now, updatedAt: now)
        let conditions: [RuleCondition] = ResourceAction.allCases.map {
            caller.condition($0, of: resource)
        }
        let may = caller.condition(.read, of: resource) && conditions[2]
        let rows: [SQLFragment] =
            [
                statements.findAny(id, may), statements.lock(id, may),
                statements.insert(row, if: caller.creating(resource, in: ID(high: 1, low: 3))),
                statements.update(row, from: now, may),
            ] + conditions.map { statements.find(id, $0) }
            + (resource.isSoft ? [statements.restore(id, from: now, may)] : [])
        let ids = [statements.hold(id, may), statements.remove(id, at: now, may)]
        return rows.map { $0.core(.write, reading: statements.read) }
            + ids.map { $0.core(.write, returning: Single<ID<ResourceRow>>.self) }
    }

    private func cascades(of resource: Resource) -> [StatementCore] {
        let statements = statements(resource)
        let ids = IDList([id])
        var rows: [SQLFragment] = []
        var keys = [statements.hold(ids)]
        if resource.owner == .user {
            keys.append(statements.ids(of: ID(high: 1, low: 1), before: id, limit: 5))
        }
        var writes = [statements.delete(ids)]
        if resource.isSoft {
            rows.append(statements.restore(ids, from: now))
            writes.append(statements.hide(ids, at: now))
        }
        for field in resource.fields where field.declaration.type == .reference {
            rows.append(statements.lock(field, refersTo: ids, limit: 5))
            if resource.isSoft {
                rows.append(statements.findDeleted(field, refersTo: ids, at: now, limit: 5))
            }
            keys += [true, false].map {
                statements.findOne(field, refersTo: ids, noneOf: ids, isForGood: $0)
            }
        }
        return rows.map { $0.core(.write, reading: statements.read) }
            + keys.map { $0.core(.write, returning: Single<ID<ResourceRow>>.self) }
            + writes.map { $0.core(.write, returning: NoRow.self) }
    }

    private func lists(of resource: Resource, by caller: RuleCaller) -> [StatementCore] {
        let statements = statements(resource)
        let condition = caller.condition(.read, of: resource).sql
        let row = ResourceRow(
            id: id, userID: ID(high: 1, low: 1), organizationID: ID(high: 1, low: 3),
            values: resource.fields.map { _ in .null }, createdAt: now, updatedAt: now)
        let pages = queries(resource, row).flatMap { query -> [StatementCore] in
            let sql = ListSQL(query, of: resource, on: engine, under: condition)
            let page = sql.page.core(.scan, reading: statements.read(sql))
            guard sql.isCounted else { return [page] }
            return [page, sql.count.core(.scan, returning: Single<Int>.self)]
        }
        let included = catalog.inclusions(of: resource).compactMap { inclusion in
            IncludeSQL(
                inclusion, on: engine, under: caller.condition(.read, of: inclusion.resource).sql
            ).rows(for: [row])?.core(.scan, reading: self.statements(inclusion.resource).read)
        }
        return pages + included
    }

    /// Each way to begin, to sort, to filter and to search.
    private func queries(_ resource: Resource, _ row: ResourceRow) -> [ListQuery] {
        let standard = ListQuery(of: resource)
        var queries = [standard]
        func add(_ change: (inout ListQuery) -> Void) {
            var query = standard
            change(&query)
            queries.append(query)
        }
        for column in resource.sortable {
            for isDescending in [true, false] {
                add { query in
                    query.sort = [.init(column, isDescending: isDescending)]
                    query.start = .cursor(ListCursor(after: row, in: query))
                }
                add { $0.sort = [.init(column, isDescending: isDescending)] }
            }
        }
        add { $0.start = .page(5) }
        add { $0.start = .cursor(nil) }
        if !resource.declaration.search.isEmpty { add { $0.search = SearchWords("two words") } }
        for filter in ListParameters(of: resource, in: catalog).filters {
            let value = value(for: filter)
            add { $0.filters = [.init(filter.column, filter.test, [value, value, value])] }
        }
        return queries
    }

    private func value(for filter: ListParameters.Filter) -> FieldValue {
        if filter.test == .isNull { return .boolean(true) }
        return switch filter.column.type {
        case .reference: .id(id)
        case .instant: .instant(now)
        default: .null
        }
    }
}

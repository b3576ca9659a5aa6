import Coding
import Identity
import Resources
import SQL
import Values

/// A request for items, and the statements that it takes.
struct ListRequest {
    let name: String
    /// How many times longer it may take with many rows than with few.
    var most: Double?
    private let ask: @Sendable (ListedItems, Int) throws -> Asked

    private enum Asked {
        case list([Input.Field])
        case detail(ID<ResourceRow>)
    }

    /// Each for the item of a number.
    static let all = [
        ListRequest(name: "cursor page", most: 1.5) { items, number in
            .list(try cursor([], after: number, items))
        },
        ListRequest(name: "detail", most: 1.5) { items, number in .detail(items.id(number)) },
        ListRequest(name: "filtered page, by cursor", most: 2) { items, number in
            .list(try cursor([("status", "active")], after: number, items))
        },
        ListRequest(name: "search that finds 20, counted", most: 5) { items, number in
            .list([("search", items.word(number))])
        },
        ListRequest(name: "first page, counted") { _, _ in .list([]) },
        ListRequest(name: "page in the middle, counted") { items, _ in
            .list([("page", "\(items.count / 40)")])
        },
        ListRequest(name: "last page, counted") { items, _ in
            .list([("page", "\(items.count / 20)")])
        },
        ListRequest(name: "last page by offset, filtered") { items, _ in
            .list([("offset", "\(items.count / 2 - 20)"), ("status", "active")])
        },
    ]

    private static func cursor(
        _ fields: [Input.Field], after number: Int, _ items: ListedItems
    ) throws -> [Input.Field] {
        let query = try items.parameters.read(fields + [("cursor", "")])
        let cursor = ListCursor(after: items.row(number), in: query)
        return fields + [("cursor", cursor.text(for: query.order))]
    }

    func path(_ number: Int, _ items: ListedItems) throws -> String {
        switch try ask(items, number) {
        case .list(let fields): "/api/v1/items?" + FormURLEncoded.encode(fields)
        case .detail(let id): "/api/v1/items/\(id)"
        }
    }

    /// What the program asks of the database for it.
    func statements(
        _ number: Int, _ items: ListedItems, of user: ID<User>, on engine: Engine
    ) throws -> [SQLFragment] {
        let resource = items.resource
        let condition = RuleCaller(.user(user)).condition(.read, of: resource).sql
        switch try ask(items, number) {
        case .list(let fields):
            let sql = ListSQL(
                try items.parameters.read(fields), of: resource, on: engine, under: condition)
            return [sql.page]
        case .detail(let id):
            return [
                """
                SELECT \(resource.columns) FROM \(resource.table)
                WHERE id = \(id) AND deleted_at IS NULL AND \(condition)
                """
            ]
        }
    }
}

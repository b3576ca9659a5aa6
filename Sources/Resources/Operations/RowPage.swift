import API
import Coding
import HTTP

/// A page of a list as it is answered.
struct RowPage: OperationAnswer {
    let resource: Resource
    let query: ListQuery
    let page: ListPage
    /// Rows of all pages, where they were counted.
    let total: Int?
    let included: [Included]

    func response() throws -> Response { .json(try JSONCoder.write(self)) }
}

extension RowPage: JSONWritable {
    func write(to json: inout JSONOutput) {
        json.open()
        json.key("data")
        json.openList()
        for row in page.rows {
            json.element()
            ShownRow.write(row, of: resource, with: included, to: &json)
        }
        json.closeList()
        json.open("meta")
        writeMeta(to: &json)
        json.close()
        json.close()
    }

    private func writeMeta(to json: inout JSONOutput) {
        json.field("total", total)
        switch query.start {
        case .page(let page):
            let limit = query.limit
            json.field("page", page)
            json.field("limit", limit)
            json.field("totalPages", total.map { ($0 + limit - 1) / limit })
        case .offset(let offset):
            json.field("limit", query.limit)
            json.field("offset", offset)
        case .cursor:
            json.field("limit", query.limit)
            json.nullableField("nextCursor", page.next)
        }
    }
}

/// A row with what belongs to it.
struct ShownRow: JSONWritable {
    private let row: ResourceRow
    private let resource: Resource
    private let included: [Included]

    init(_ row: ResourceRow, of resource: Resource, with included: [Included] = []) {
        (self.row, self.resource, self.included) = (row, resource, included)
    }

    func write(to json: inout JSONOutput) {
        Self.write(row, of: resource, with: included, to: &json)
    }

    /// For rows of a list, without a value of its own for each.
    static func write(
        _ row: ResourceRow, of resource: Resource, with included: [Included] = [],
        to json: inout JSONOutput
    ) {
        json.open()
        row.writeMembers(to: &json, as: resource)
        for one in included { write(one, of: row, to: &json) }
        json.close()
    }

    private static func write(
        _ one: Included, of row: ResourceRow, to json: inout JSONOutput
    ) {
        json.key(text: one.inclusion.name)
        let others = one.rows(of: row)
        let resource = one.inclusion.resource
        switch one.inclusion.kind {
        case .many: json.list(others) { write($0, of: resource, to: &$1) }
        case .one:
            if let other = others.first {
                write(other, of: resource, to: &json)
            } else {
                json.null()
            }
        }
    }
}

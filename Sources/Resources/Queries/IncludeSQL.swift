import Coding
import SQL
import Values

/// The statement that reads what belongs to all rows of a page, one for each relation.
package struct IncludeSQL: Sendable {
    private let inclusion: Inclusion
    private let engine: Engine
    /// What the caller may see of the other resource.
    private let condition: SQLFragment

    package init(_ inclusion: Inclusion, on engine: Engine, under condition: SQLFragment) {
        (self.inclusion, self.engine, self.condition) = (inclusion, engine, condition)
    }

    private var table: SQLIdentifier { inclusion.resource.table }
    private var columns: SQLNames { inclusion.resource.qualifiedColumns }

    /// The other rows, in the columns of `ResourceRow`; nil where there can be none.
    ///
    /// The ids go as one JSON text: the statement is the same for any number of rows.
    package func rows(for page: [ResourceRow]) -> SQLFragment? {
        let ids = IDList(inclusion.ids(of: page))
        if ids.ids.isEmpty { return nil }
        return inclusion.kind == .one ? referred(ids) : referring(ids.json)
    }

    private var visible: SQLFragment {
        var visible: SQLFragment = "(\(condition))"
        if inclusion.resource.isSoft {
            visible.append(" AND \(table).\(Resource.Column.deletedAt) IS NULL")
        }
        return visible
    }

    // MARK: The rows that a page's rows refer to

    private func referred(_ ids: IDList) -> SQLFragment {
        """
        SELECT \(columns) FROM \(table)
        WHERE \(ids.contains("\(table).\(Resource.Column.id)", on: engine)) AND \(visible)
        """
    }

    // MARK: The rows that refer to a page's rows

    /// No table has such a name.
    private static let parent = SQLIdentifier(known: "row of the page")

    /// The newest of each row, found along the index of the reference: however many there are, no
    /// more are read.
    private func referring(_ ids: JSONText) -> SQLFragment {
        let parent = Self.parent
        switch engine {
        case .sqlite:
            let key: SQLFragment = "\(table).\(Resource.Column.rowID)"
            let newest = newest(key, of: "\(parent).value")
            return """
                SELECT \(columns) FROM json_each(\(ids)) AS \(parent)
                CROSS JOIN \(table) ON \(key) IN (\(newest))
                \(ordered)
                """
        case .postgres:
            let newest = newest("\(columns)", of: "\(parent).id::uuid")
            return """
                SELECT \(columns) FROM jsonb_array_elements_text(\(ids)) AS \(parent) (id)
                CROSS JOIN LATERAL (\(newest)) AS \(table)
                \(ordered)
                """
        }
    }

    private func newest(_ columns: SQLFragment, of parent: SQLFragment) -> SQLFragment {
        """
        SELECT \(columns) FROM \(table)
        WHERE \(table).\(inclusion.field.column) = \(parent) AND \(visible)
        \(ordered) LIMIT \(SQLLiteral(ListLimits.relatedRows))
        """
    }

    private var ordered: SQLFragment {
        """
        ORDER BY \(table).\(Resource.Column.createdAt) DESC NULLS LAST, \
        \(table).\(Resource.Column.id) DESC NULLS LAST
        """
    }
}

/// The rows of one relation, by the rows of the page that they belong to.
package struct Included: Sendable {
    package let inclusion: Inclusion
    private let rows: [ID<ResourceRow>: [ResourceRow]]

    /// Of the rows that `IncludeSQL` reads.
    package init(_ inclusion: Inclusion, _ rows: [ResourceRow]) {
        self.inclusion = inclusion
        self.rows = Dictionary(grouping: rows) { row in
            inclusion.kind == .one ? row.id : inclusion.reference(in: row) ?? row.id
        }
    }

    /// The newest first. Where the row refers to one, that one, if the caller may see it.
    package func rows(of row: ResourceRow) -> [ResourceRow] {
        let key = inclusion.kind == .one ? inclusion.reference(in: row) : row.id
        return key.flatMap { rows[$0] } ?? []
    }
}

extension Inclusion {
    /// The ids to look for, each once.
    fileprivate func ids(of page: [ResourceRow]) -> [ID<ResourceRow>] {
        if kind == .many { return page.map(\.id) }
        var seen: Set<ID<ResourceRow>> = []
        return page.compactMap { reference(in: $0) }.filter { seen.insert($0).inserted }
    }

    /// The row that a row names; `row` is of the resource that has the field.
    fileprivate func reference(in row: ResourceRow) -> ID<ResourceRow>? {
        row.values.indices.contains(place) ? row.values[place].id : nil
    }
}

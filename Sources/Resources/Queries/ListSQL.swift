import SQL

/// The statements of a list: the rows of a page with how many there are in all, in one.
///
/// Both are under the same conditions: the rule's, of rows that are not deleted, the filters and the
/// words. A page in the order of one column goes along an index from where it begins, so that it
/// costs the same wherever it is; the pages with numbers count their way there along the index alone.
///
/// How many rows are read is part of the text, in a few sizes, because PostgreSQL plans a statement
/// for any value of its parameters: a limit that it does not know it takes for a tenth of the table.
package struct ListSQL: Sendable {
    let query: ListQuery
    let resource: Resource
    let engine: Engine
    /// What the caller may see: of the resource's columns, without names of tables or with the
    /// resource's.
    let condition: SQLFragment

    package init(
        _ query: ListQuery, of resource: Resource, on engine: Engine, under condition: SQLFragment
    ) {
        (self.query, self.resource, self.engine) = (query, resource, engine)
        self.condition = condition
    }

    var table: SQLIdentifier { resource.table }

    /// The rows of the page in the columns of `ResourceRow`, and some more: `ListPage` knows which.
    /// Where the rows are counted, each has the count as its first column.
    package var page: SQLFragment { Self.oneOfMany(rows) }

    private var rows: SQLFragment {
        if case .cursor(let cursor) = query.start {
            if let cursor { return going(on: cursor) }
            return "SELECT \(columns) FROM \(source()) \(ordered) \(limit)"
        }
        let source = source()
        let counted: SQLFragment = "(\(Self.counting(source))), \(columns)"
        if query.offset > 0 { return numbered(counted, source) }
        return "SELECT \(counted) FROM \(source) \(ordered) \(limit)"
    }

    /// Whether somebody asked how many rows there are without pages.
    package var isCounted: Bool {
        if case .cursor = query.start { false } else { true }
    }

    /// How many there are by itself: a page without rows does not say it.
    package var count: SQLFragment { Self.oneOfMany(Self.counting(source())) }

    private static func counting(_ source: SQLFragment) -> SQLFragment {
        "SELECT count(*) FROM \(source)"
    }

    private var columns: SQLNames { resource.qualifiedColumns }

    /// Whoever asks chooses among some thousand filters and orders.
    private static func oneOfMany(_ sql: SQLFragment) -> SQLFragment {
        var sql = sql
        sql.isOneOfMany = true
        return sql
    }

    // MARK: Pages

    /// The ids are found along the index, and only the page's rows are looked up.
    private func numbered(_ columns: SQLFragment, _ source: SQLFragment) -> SQLFragment {
        let page = Self.pageOfIDs
        let id = Resource.Column.id
        return """
            SELECT \(columns) FROM (
                SELECT \(table).\(id) FROM \(source) \(ordered) \(limit) OFFSET \(query.offset)
            ) AS \(page) JOIN \(table) ON \(table).\(id) = \(page).\(id) \(ordered)
            """
    }

    /// No table has such a name.
    private static let pageOfIDs = SQLIdentifier(known: "page of ids")

    /// Where the rows after a cursor lie in two places, each is read by itself along the index.
    private func going(on cursor: ListCursor) -> SQLFragment {
        let ranges = ListRange.after(cursor, in: query.order, of: table)
        let parts = ranges.map { range -> SQLFragment in
            "SELECT \(columns) FROM \(source(range)) \(ordered) \(limit)"
        }
        if parts.count == 1 { return parts[0] }
        let all = parts.map { "SELECT * FROM (\($0)) AS \(table)" as SQLFragment }
        return """
            SELECT * FROM (\(all.joined(by: " UNION ALL "))) AS \(table) \(ordered) \(limit)
            """
    }

    private var limit: SQLFragment { "LIMIT \(SQLLiteral(ListPage.read(query)))" }

    /// Nulls are the least of all values, as SQLite has it.
    private var ordered: SQLFragment {
        var ordered = SQLFragment()
        for order in query.order {
            ordered.append(ordered.isEmpty ? "ORDER BY " : ", ")
            ordered.append("\(table).\(order.column.column)")
            ordered.append(order.isDescending ? " DESC NULLS LAST" : " ASC NULLS FIRST")
        }
        return ordered
    }

    // MARK: Conditions

    /// What follows FROM: the table and the conditions on it.
    private func source(_ range: SQLFragment? = nil) -> SQLFragment {
        var rows: SQLFragment = "(\(condition))"
        if resource.isSoft { rows.append(" AND \(table).\(Resource.Column.deletedAt) IS NULL") }
        for filter in query.filters { rows.append(" AND \(filter.condition(in: table))") }
        if let range { rows.append(" AND \(range)") }
        guard let words = query.search else { return "\(table) WHERE \(rows)" }
        return ListSearch(words, engine: engine, table: table).source(rows)
    }
}

extension ListQuery.Filter {
    func condition(in table: SQLIdentifier) -> SQLFragment {
        let name: SQLFragment = "\(table).\(column.column)"
        guard let first = values.first else { return "FALSE" }
        let value = column.bind(first)
        switch test {
        case .equal: return "\(name) = \(value)"
        case .notEqual:
            return column.isNullable
                ? "(\(name) <> \(value) OR \(name) IS NULL)" : "\(name) <> \(value)"
        case .less: return "\(name) < \(value)"
        case .lessOrEqual: return "\(name) <= \(value)"
        case .greater: return "\(name) > \(value)"
        case .greaterOrEqual: return "\(name) >= \(value)"
        case .isNull: return first == .boolean(true) ? "\(name) IS NULL" : "\(name) IS NOT NULL"
        case .oneOf: return "\(name) IN (\(list))"
        }
    }

    /// In a few lengths, each twice the one before, so that there are few statements.
    private var list: SQLFragment {
        var count = 1
        while count < values.count { count *= 2 }
        return (0..<count).map { column.bind(values[min($0, values.count - 1)]) }.joined(by: ", ")
    }
}

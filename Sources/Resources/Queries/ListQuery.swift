import SQL
import Values

/// What somebody asks of a resource's list: which rows, in which order, which part of them.
package struct ListQuery: Hashable, Sendable {
    /// Where a page begins, and what is told about the whole.
    package enum Start: Hashable, Sendable {
        /// Counts from 1.
        case page(Int)
        case offset(Int)
        /// After a row, or at the beginning. Nothing is counted.
        case cursor(ListCursor?)
    }

    /// A column and a direction.
    package struct Order: Hashable, Sendable {
        package let column: ListColumn
        package let isDescending: Bool

        package init(_ column: ListColumn, isDescending: Bool = false) {
            (self.column, self.isDescending) = (column, isDescending)
        }
    }

    /// A condition on a column.
    package struct Filter: Hashable, Sendable {
        package let column: ListColumn
        package let test: ListTest
        /// One, but for `in`.
        package let values: [FieldValue]

        package init(_ column: ListColumn, _ test: ListTest, _ values: [FieldValue]) {
            (self.column, self.test, self.values) = (column, test, values)
        }
    }

    package var start: Start = .page(1)
    package var limit = ListLimits.standard
    /// As it was asked for, or by default.
    package var sort: [Order]
    package var filters: [Filter] = []
    /// Nil where nobody searches.
    package var search: SearchWords?
    package var include: [Inclusion] = []

    /// The first page of all rows.
    package init(of resource: Resource) {
        let standard = resource.declaration.defaultSort
        let column = ListColumn(standard.name, of: resource) ?? .createdAt
        sort = [Order(column, isDescending: standard.isDescending)]
    }

    /// Rows that the page leaves out before it begins.
    package var offset: Int {
        switch start {
        case .page(let page): (page - 1) * limit
        case .offset(let offset): offset
        case .cursor: 0
        }
    }

    /// Rows whose sorted values are the same are in the order in which they were made, in the
    /// direction of what was asked for last: no two are equal, and an index goes the same way.
    package var order: [Order] {
        let isDescending = sort.last?.isDescending ?? false
        let hasInstant = sort.contains { $0.column == .createdAt }
        let ties: [ListColumn] = hasInstant ? [.id] : [.createdAt, .id]
        return sort + ties.map { Order($0, isDescending: isDescending) }
    }
}

/// How a filter compares: `price[gte]=10`.
package enum ListTest: String, CaseIterable, Sendable {
    case equal = "eq"
    /// Also true of rows that have no value.
    case notEqual = "ne"
    case less = "lt"
    case lessOrEqual = "lte"
    case greater = "gt"
    case greaterOrEqual = "gte"
    case oneOf = "in"
    case isNull = "null"

    /// What makes sense for a column.
    static func all(for column: ListColumn) -> [ListTest] {
        if column == .organization { return [.equal] }
        let isCompared: Bool
        switch column.type {
        case .boolean, .enumeration, .reference, .json: isCompared = false
        case .text, .number, .integer, .instant, .date, .email, .url: isCompared = true
        }
        return allCases.filter { test in
            switch test {
            case .equal, .notEqual: true
            case .less, .lessOrEqual, .greater, .greaterOrEqual: isCompared
            case .oneOf: column.type != .boolean
            case .isNull: column.isNullable
            }
        }
    }

    /// The name of a filter's parameter: `price`, `price[gte]`.
    func parameter(of column: ListColumn) -> String {
        self == .equal ? column.name : "\(column.name)[\(rawValue)]"
    }
}

/// The most of everything that one list may ask for.
package enum ListLimits {
    package static let standard = 20
    package static let rows = 100
    /// The rows before a page. Whoever needs what is beyond goes by cursor.
    package static let offset = 1_000_000_000
    /// Columns in `sort=`.
    package static let sort = 3
    /// Values in `[in]=`.
    package static let values = 100
    /// Characters of `search=`.
    package static let search = 100
    /// Rows of a relation beside each row of a page, the newest.
    package static let relatedRows = 100
}

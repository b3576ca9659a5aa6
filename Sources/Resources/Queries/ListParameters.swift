import Coding
import Values

/// The parameters that a resource's list takes: what reads them, and what the API's document says of
/// them. Made once for a resource.
package struct ListParameters: Sendable {
    /// A filter as one of the parameters.
    struct Filter: Sendable {
        let name: String
        let column: ListColumn
        let test: ListTest
    }

    package let list: [Schema.Property]
    let names: [String]
    /// Where each stands in `list`.
    let places: [String: Int]
    /// What is asked by nothing.
    let standard: ListQuery
    let sortable: [ListColumn]
    let filters: [Filter]
    let inclusions: [Inclusion]

    package init(of resource: Resource, in catalog: ResourceCatalog) {
        standard = ListQuery(of: resource)
        sortable = resource.sortable
        inclusions = catalog.inclusions(of: resource)
        filters = resource.filterable.flatMap { column in
            ListTest.all(for: column).map {
                Filter(name: $0.parameter(of: column), column: column, test: $0)
            }
        }
        var list = Self.pages(of: resource)
        if !resource.declaration.search.isEmpty { list.append(Self.search) }
        if !inclusions.isEmpty { list.append(Self.include(inclusions.map(\.name))) }
        list += filters.map { Self.property(of: $0) }
        self.list = list
        names = list.map(\.name)
        places = Dictionary(
            list.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    // MARK: Pages

    private static func pages(of resource: Resource) -> [Schema.Property] {
        [
            Schema.Property(
                "page",
                .integer(in: 1...Int64(ListLimits.offset / ListLimits.rows))
                    .described("Counts from 1. Not with `offset` or `cursor`.", example: 1)),
            Schema.Property(
                "limit",
                .integer(in: 1...Int64(ListLimits.rows))
                    .described("Rows of a page; 20 by default.", example: 20)),
            Schema.Property(
                "offset",
                .integer(in: 0...Int64(ListLimits.offset))
                    .described("Rows to leave out instead of pages.", example: 0)),
            Schema.Property(
                "cursor",
                .string.described(
                    "Where to go on: the last answer's `nextCursor`, or empty for the first page. "
                        + "Nothing is counted, and a page costs the same wherever it is.",
                    example: "")),
            Schema.Property("sort", sort(of: resource)),
        ]
    }

    private static func sort(of resource: Resource) -> Schema {
        let names = resource.sortable.map(\.name)
        let one = "-?(\(names.joined(separator: "|")))"
        let standard = resource.declaration.defaultSort
        let text = (standard.isDescending ? "-" : "") + standard.name
        return .string(pattern: "^\(one)(,\(one)){0,\(ListLimits.sort - 1)}$")
            .described(
                "Names with commas between them, `-` for the other direction: "
                    + "\(names.joined(separator: ", ")). `\(text)` by default.",
                example: .string(text))
    }

    // MARK: Rows

    private static let search = Schema.Property(
        "search",
        .string(length: 0...ListLimits.search)
            .described(
                "Words that the row has, in any order; of the last, the beginning is enough.",
                example: "sample"))

    private static func include(_ names: [String]) -> Schema.Property {
        let one = "(\(names.joined(separator: "|")))"
        return Schema.Property(
            "include",
            .string(pattern: "^\(one)(,\(one)){0,\(names.count - 1)}$")
                .described(
                    "What to show beside each row, with commas between: "
                        + names.joined(separator: ", ") + ".",
                    example: .string(names[0])))
    }

    private static func property(of filter: Filter) -> Schema.Property {
        let column = filter.column
        let schema: Schema
        switch filter.test {
        case .isNull: schema = .boolean.described("Whether there is no value.", example: true)
        case .oneOf:
            schema = .string.described(
                "Values with commas between them, \(ListLimits.values) at most.",
                example: example(of: column))
        default:
            schema = self.schema(of: column).described(
                words(filter.test), example: example(of: column))
        }
        return Schema.Property(filter.name, schema)
    }

    private static func words(_ test: ListTest) -> String {
        switch test {
        case .equal: "Is this."
        case .notEqual: "Is not this, or is nothing."
        case .less: "Is less."
        case .lessOrEqual: "Is this or less."
        case .greater: "Is more."
        case .greaterOrEqual: "Is this or more."
        case .oneOf, .isNull: ""
        }
    }

    private static func schema(of column: ListColumn) -> Schema {
        switch column.type {
        case .text, .email, .url, .json: .string
        case .number: .number
        case .integer: .integer
        case .boolean: .boolean
        case .instant: .instant
        case .date: .string(format: "date")
        case .enumeration: .enumeration(column.words)
        case .reference: .id
        }
    }

    private static func example(of column: ListColumn) -> JSON {
        switch column.type {
        case .text, .json: "text"
        case .email: "jane@example.com"
        case .url: "https://example.com/"
        case .number: 1.5
        case .integer: 10
        case .boolean: true
        case .instant: "2026-01-31T09:30:00.000Z"
        case .date: "2026-01-31"
        case .enumeration: column.words.first.map { .string($0) } ?? ""
        case .reference: "01990000-0000-7000-8000-000000000001"
        }
    }
}

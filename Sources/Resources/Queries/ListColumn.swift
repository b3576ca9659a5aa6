import Identity
import SQL
import Values

/// What a list is sorted or filtered by: a field, or what every row has beside.
package struct ListColumn: Hashable, Sendable {
    /// Where a row has its value.
    enum Source: Hashable, Sendable {
        case id, organization, createdAt, updatedAt
        /// With its place among the resource's fields.
        case field(Int, Resource.Field)
    }

    let source: Source

    /// In the API.
    package var name: String {
        switch source {
        case .id: "id"
        case .organization: "organizationId"
        case .createdAt: "createdAt"
        case .updatedAt: "updatedAt"
        case .field(_, let field): field.name
        }
    }

    var column: SQLIdentifier {
        switch source {
        case .id: Resource.Column.id
        case .organization: Resource.Column.organizationID
        case .createdAt: Resource.Column.createdAt
        case .updatedAt: Resource.Column.updatedAt
        case .field(_, let field): field.column
        }
    }

    package var type: FieldType {
        switch source {
        case .id, .organization: .reference
        case .createdAt, .updatedAt: .instant
        case .field(_, let field): field.declaration.type
        }
    }

    package var isNullable: Bool {
        if case .field(_, let field) = source { field.declaration.allowsNull } else { false }
    }

    /// The words of an enumeration; of anything else none.
    var words: [String] {
        if case .field(_, let field) = source { field.declaration.values } else { [] }
    }

    // MARK: Finding it

    static let id = ListColumn(source: .id)
    static let organization = ListColumn(source: .organization)
    static let createdAt = ListColumn(source: .createdAt)

    private init(source: Source) {
        self.source = source
    }

    /// By the name of a declaration or of the API.
    init?(_ name: String, of resource: Resource) {
        switch name {
        case "createdAt": source = .createdAt
        case "updatedAt": source = .updatedAt
        default:
            let index = resource.fields.firstIndex {
                $0.name == name || $0.declaration.name == name
            }
            guard let index else { return nil }
            source = .field(index, resource.fields[index])
        }
    }

    // MARK: Its values

    /// A value to compare with, as a query's text says it.
    func read(_ text: String) throws(Invalid) -> FieldValue {
        switch source {
        case .field(_, let field): return try FieldValue(text: text, for: field)
        case .id, .organization:
            guard let id = ID<ResourceRow>(text) else { throw .malformed(.id) }
            return .id(id)
        case .createdAt, .updatedAt:
            guard let instant = Instant(text), instant.hasText else { throw .malformed(.instant) }
            return .instant(instant)
        }
    }

    /// The value that a row has there.
    func value(in row: ResourceRow) -> FieldValue {
        switch source {
        case .id: .id(row.id)
        case .organization:
            row.organizationID.map { .id(ID(high: $0.high, low: $0.low)) } ?? .null
        case .createdAt: .instant(row.createdAt)
        case .updatedAt: .instant(row.updatedAt)
        case .field(let index, _): row.values[index]
        }
    }

    /// One parameter of the column's type.
    func bind(_ value: FieldValue) -> SQLFragment {
        switch (source, value) {
        case (.field(_, let field), _): value.bind(field)
        case (_, .id(let id)): "\(id)"
        case (_, .instant(let instant)): "\(instant)"
        default: "NULL"
        }
    }
}

extension Resource {
    /// What a list may be sorted by: what is declared, and always when rows were made.
    package var sortable: [ListColumn] {
        let declared = declaration.sort.compactMap { ListColumn($0.name, of: self) }
        return declared.contains(.createdAt) ? declared : declared + [.createdAt]
    }

    /// What a list may be filtered by.
    package var filterable: [ListColumn] {
        let declared = declaration.filter.compactMap { ListColumn($0, of: self) }
        return owner == .organization ? [.organization] + declared : declared
    }
}

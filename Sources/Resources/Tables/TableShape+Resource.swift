import SQL

extension ResourceCatalog {
    /// The tables of all resources; what is referred to comes first.
    package var tables: [TableShape] {
        resources.map { resource in
            TableShape(resource, tableOf: { self[$0]?.table ?? resource.table })
        }
    }
}

extension TableShape {
    /// `tableOf` gives the table of a resource that is referred to.
    init(_ resource: Resource, tableOf: (String) -> SQLIdentifier) {
        self.init(
            name: resource.table,
            columns: [ColumnShape(Resource.Column.id, .id)] + Self.owners(of: resource)
                + resource.fields.map { ColumnShape($0, tableOf) } + Self.instants(of: resource),
            indexes: IndexShape.all(of: resource),
            search: resource.declaration.search.compactMap { resource.column($0) })
    }

    private static let users = SQLIdentifier(known: "users")
    private static let organizations = SQLIdentifier(known: "organizations")

    /// A user's rows go when he is purged; an organization's stay, and forget who made them.
    private static func owners(of resource: Resource) -> [ColumnShape] {
        let (user, organization) = (Resource.Column.userID, Resource.Column.organizationID)
        switch resource.owner {
        case .user: return [ColumnShape(user, .id, reference: .init(users, .cascade))]
        case .organization:
            return [
                ColumnShape(organization, .id, reference: .init(organizations, .cascade)),
                ColumnShape(user, .id, isNullable: true, reference: .init(users, .setNull)),
            ]
        case .none: return []
        }
    }

    private static func instants(of resource: Resource) -> [ColumnShape] {
        let always = [Resource.Column.createdAt, Resource.Column.updatedAt].map {
            ColumnShape($0, .instant)
        }
        guard resource.isSoft else { return always }
        return always + [ColumnShape(Resource.Column.deletedAt, .instant, isNullable: true)]
    }
}

extension ColumnShape {
    fileprivate init(_ field: Resource.Field, _ tableOf: (String) -> SQLIdentifier) {
        let declared = field.declaration
        self.init(
            field.column, ColumnType(declared), isNullable: declared.allowsNull,
            default: declared.defaultValue.flatMap { SQLLiteral($0, for: declared.type) },
            reference: declared.reference.map { reference in
                Reference(
                    tableOf(reference.resource),
                    reference.onDelete == .cascade ? .cascade : .restrict)
            })
    }
}

extension ColumnType {
    fileprivate init(_ field: ResourceField) {
        if field.isPII {
            self = .sealed
            return
        }
        self =
            switch field.type {
            case .text, .email, .url: .text(max: field.lengthMax)
            case .number: .number
            case .integer: .integer
            case .boolean: .boolean
            case .instant: .instant
            case .date: .date
            case .enumeration: .choice(field.values.sorted())
            case .json: .json
            case .reference: .id
            }
    }
}

extension IndexShape {
    /// What lists are sorted and filtered by, what must be there once, and what refers to another
    /// row.
    ///
    /// A list is in the order of a field, then of `created_at`, then of `id`, all in one direction:
    /// then the same index serves whoever filters by the field and whoever sorts by it, and a cursor
    /// goes on from any row. Rows that were deleted and stay are not in it, so that nobody counts
    /// past them.
    fileprivate static func all(of resource: Resource) -> [IndexShape] {
        let lists = lists(of: resource)
        let references = references(of: resource).filter { reference in
            !lists.contains { !$0.isOfLiving && $0.columns.starts(with: reference.columns) }
        }
        return references + lists + keys(of: resource)
    }

    /// For those who see the rows of an owner they begin with him, for those who see everybody's
    /// they do not. The rule of reading says which there may be.
    private static func lists(of resource: Resource) -> [IndexShape] {
        let (id, createdAt) = (Resource.Column.id, Resource.Column.createdAt)
        let reaches = resource.declaration.rule(.read).reaches
        var starts: [(columns: [SQLIdentifier], ending: StaticString)] = []
        if let owner = resource.ownerColumn {
            if reaches.contains(.own) { starts.append(([owner], "index")) }
            if reaches.contains(.all) { starts.append(([], "list")) }
        } else {
            starts.append(([], "index"))
        }
        let compared = compared(in: resource).filter { $0 != createdAt }
        return starts.flatMap { start in
            ([[]] + compared.map { [$0] }).map { field in
                IndexShape(
                    SQLIdentifier(
                        joining: [resource.table, field.first ?? createdAt], start.ending),
                    start.columns + field + [createdAt, id], isOfLiving: resource.isSoft)
            }
        }
    }

    /// What the database looks up when a user, an organization or a row goes that others refer to.
    /// Beside a row its newest are shown.
    private static func references(of resource: Resource) -> [IndexShape] {
        typealias Column = Resource.Column
        let owners: [SQLIdentifier] =
            switch resource.owner {
            case .user: [Column.userID]
            case .organization: [Column.organizationID, Column.userID]
            case .none: []
            }
        let fields = resource.fields.filter { $0.declaration.type == .reference }
        let columns =
            owners.map { [$0] } + fields.map { [$0.column, Column.createdAt, Column.id] }
        return columns.map {
            IndexShape(SQLIdentifier(joining: [resource.table, $0[0]], "reference"), $0)
        }
    }

    private static func keys(of resource: Resource) -> [IndexShape] {
        let owner = resource.ownerColumn.map { [$0] } ?? []
        return resource.fields.filter(\.declaration.isUnique).map { field in
            IndexShape(
                SQLIdentifier(joining: [resource.table, field.column], "key"),
                owner + [field.column], isUnique: true, isOfLiving: resource.isSoft)
        }
    }

    /// The columns that lists are filtered or sorted by, each once.
    private static func compared(in resource: Resource) -> [SQLIdentifier] {
        let names = resource.declaration.filter + resource.declaration.sort.map(\.name)
        var seen: Set<SQLIdentifier> = []
        return names.compactMap { resource.column($0) }.filter { seen.insert($0).inserted }
    }
}

import SQL

/// A declared resource that was checked: every name in it is one, every field fits its type, and
/// what it refers to is there.
///
/// It goes along with each request, row and answer, and copying all that was declared would cost more than
/// reading a row. So it is a class, and so are its fields.
package final class Resource: Sendable {
    /// A field with its names on both sides.
    package final class Field: Sendable {
        package let declaration: ResourceField
        /// In the API: the declared name, or `itemId` for the reference `item`.
        package let name: String
        package let column: SQLIdentifier
        /// The column that the declaration says it had before.
        package let formerColumn: SQLIdentifier?
        /// What a text must match, ready to match with.
        package let pattern: Pattern?

        init(
            declaration: ResourceField, name: String, column: SQLIdentifier,
            formerColumn: SQLIdentifier?, pattern: Pattern?
        ) {
            (self.declaration, self.name, self.column) = (declaration, name, column)
            (self.formerColumn, self.pattern) = (formerColumn, pattern)
        }
    }

    package let declaration: ResourceDeclaration
    package let table: SQLIdentifier
    /// In the order of the declaration.
    package let fields: [Field]
    /// What `ResourceRow` reads, for SELECT and RETURNING.
    package let columns: SQLNames
    /// The same, each after the table's name.
    package let qualifiedColumns: SQLNames

    init(declaration: ResourceDeclaration, table: SQLIdentifier, fields: [Field]) {
        (self.declaration, self.table, self.fields) = (declaration, table, fields)
        let names = Self.columns(of: declaration, fields)
        columns = SQLNames(names)
        qualifiedColumns = SQLNames(names, of: table)
    }

    private static func columns(
        of declaration: ResourceDeclaration, _ fields: [Field]
    ) -> [SQLIdentifier] {
        let owners: [SQLIdentifier] =
            switch declaration.owner {
            case .user: [Column.userID]
            case .organization: [Column.userID, Column.organizationID]
            case .none: []
            }
        return [Column.id] + owners + fields.map(\.column)
            + [Column.createdAt, Column.updatedAt]
            + (declaration.deletion == .soft ? [Column.deletedAt] : [])
    }

    package var name: String { declaration.name }
    package var owner: ResourceDeclaration.Owner { declaration.owner }
    package var isSoft: Bool { declaration.deletion == .soft }

    /// By its declared name: `item`, not `itemId`.
    package func field(_ name: String) -> Field? {
        fields.first { $0.declaration.name == name }
    }

    /// The column of a field or of what every row has, by the name of the API.
    package func column(_ name: String) -> SQLIdentifier? {
        switch name {
        case "createdAt": Column.createdAt
        case "updatedAt": Column.updatedAt
        default: fields.first { $0.name == name || $0.declaration.name == name }?.column
        }
    }

    /// The columns of which every table has some.
    package enum Column {
        /// SQLite's own number of a row, which the index of its search goes by.
        package static let rowID = SQLIdentifier(known: "row_id")
        package static let id = SQLIdentifier(known: "id")
        package static let userID = SQLIdentifier(known: "user_id")
        package static let organizationID = SQLIdentifier(known: "organization_id")
        package static let createdAt = SQLIdentifier(known: "created_at")
        package static let updatedAt = SQLIdentifier(known: "updated_at")
        package static let deletedAt = SQLIdentifier(known: "deleted_at")
        /// PostgreSQL's words of the searched fields.
        package static let searchText = SQLIdentifier(known: "search_text")
    }

    /// The column that says whose a row is; nil where rows are nobody's.
    package var ownerColumn: SQLIdentifier? {
        switch owner {
        case .user: Column.userID
        case .organization: Column.organizationID
        case .none: nil
        }
    }
}

// All else follows from the declaration.

extension Resource: Hashable {
    package static func == (left: Resource, right: Resource) -> Bool {
        left === right || left.declaration == right.declaration
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension Resource.Field: Hashable {
    package static func == (left: Resource.Field, right: Resource.Field) -> Bool {
        left === right || left.declaration == right.declaration
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

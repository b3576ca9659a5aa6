import SQL

/// A table of a resource, in words of no engine: what a declaration asks for, and what is found in a
/// database.
///
/// Not in it are what each engine needs beside: SQLite's `row_id`, the table of an index for
/// search, the names of constraints.
package struct TableShape: Hashable, Sendable {
    package var name: SQLIdentifier
    /// `id` is the key.
    package var columns: [ColumnShape]
    package var indexes: [IndexShape]
    /// The columns whose words can be searched.
    package var search: [SQLIdentifier]

    package init(
        name: SQLIdentifier, columns: [ColumnShape], indexes: [IndexShape] = [],
        search: [SQLIdentifier] = []
    ) {
        (self.name, self.columns) = (name, columns)
        (self.indexes, self.search) = (indexes, search)
    }

    package func column(_ name: SQLIdentifier) -> ColumnShape? {
        columns.first { $0.name == name }
    }

    /// The tables that its rows refer to, other than itself.
    var targets: Set<SQLIdentifier> {
        Set(columns.compactMap { $0.reference?.table }).subtracting([name])
    }

    /// The same with all that has no order in a fixed one: two shapes are one table when these are
    /// equal.
    package var normalized: TableShape {
        TableShape(
            name: name, columns: columns.sorted { $0.name.name < $1.name.name },
            indexes: indexes.sorted { $0.name.name < $1.name.name }, search: search)
    }
}

/// A column of a table.
package struct ColumnShape: Hashable, Sendable {
    package var name: SQLIdentifier
    package var type: ColumnType
    package var isNullable: Bool
    package var defaultValue: SQLLiteral?
    package var reference: Reference?

    package init(
        _ name: SQLIdentifier, _ type: ColumnType, isNullable: Bool = false,
        default defaultValue: SQLLiteral? = nil, reference: Reference? = nil
    ) {
        (self.name, self.type, self.isNullable) = (name, type, isNullable)
        (self.defaultValue, self.reference) = (defaultValue, reference)
    }

    /// The table whose `id` the column holds.
    package struct Reference: Hashable, Sendable {
        package var table: SQLIdentifier
        package var onDelete: OnDelete

        package init(_ table: SQLIdentifier, _ onDelete: OnDelete) {
            (self.table, self.onDelete) = (table, onDelete)
        }
    }

    /// What becomes of a row when the one that it refers to is deleted.
    package enum OnDelete: String, Sendable {
        /// Its own row goes with that one, by another reference, or that one does not.
        case restrict
        case cascade
        case setNull = "set null"
    }
}

/// What a column holds, with what the database checks of it.
package enum ColumnType: Hashable, Sendable {
    /// A UUID.
    case id
    /// With the most characters, if there is a bound.
    case text(max: Int?)
    /// One of these words, which are in alphabetical order.
    case choice([String])
    case integer, number, boolean, instant
    case date
    case json
    /// Text that was sealed.
    case sealed
    /// Something that no declaration makes, in the words of the engine.
    case other(String)
}

/// An index. A unique one of rows that can be deleted and restored looks at those that are not.
package struct IndexShape: Hashable, Sendable {
    package var name: SQLIdentifier
    package var columns: [SQLIdentifier]
    package var isUnique: Bool
    /// Whether rows with `deleted_at` are left out.
    package var isOfLiving: Bool

    package init(
        _ name: SQLIdentifier, _ columns: [SQLIdentifier], isUnique: Bool = false,
        isOfLiving: Bool = false
    ) {
        (self.name, self.columns) = (name, columns)
        (self.isUnique, self.isOfLiving) = (isUnique, isOfLiving)
    }
}

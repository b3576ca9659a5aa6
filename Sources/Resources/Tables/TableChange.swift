import SQL

/// What is different about a table that is there before and after.
package struct TableChange: Hashable, Sendable {
    /// A column that stays, with what it was. Its values are kept as far as the new one takes them.
    package struct Altered: Hashable, Sendable {
        package let from: ColumnShape
        package let to: ColumnShape
    }

    package let from: TableShape
    package let to: TableShape
    /// Columns that are the same under a new name, or that change beside.
    package private(set) var renamed: [Altered] = []
    package private(set) var altered: [Altered] = []
    package private(set) var added: [ColumnShape] = []
    /// With those whose values the new column of that name cannot take.
    package private(set) var dropped: [ColumnShape] = []
    package private(set) var droppedIndexes: [IndexShape] = []
    package private(set) var addedIndexes: [IndexShape] = []
    package private(set) var changesSearch = false

    /// `renames` has the old names of columns by their new ones.
    init(
        from: TableShape, to: TableShape, renames: [SQLIdentifier: SQLIdentifier]
    ) {
        (self.from, self.to) = (from, to)
        compareColumns(renames)
        compareIndexes()
        let changed = Set((renamed + altered).map(\.from.name) + dropped.map(\.name))
        changesSearch = from.search != to.search || !changed.isDisjoint(with: from.search)
    }

    private mutating func compareColumns(_ renames: [SQLIdentifier: SQLIdentifier]) {
        var left = Set(from.columns.map(\.name))
        for column in to.columns {
            guard let old = origin(of: column, renames) else {
                added.append(column)
                continue
            }
            left.remove(old.name)
            compare(old, column)
        }
        dropped += from.columns.filter { left.contains($0.name) }
    }

    /// The column that it was: of the same name, or of the former one where that is gone.
    private func origin(
        of column: ColumnShape, _ renames: [SQLIdentifier: SQLIdentifier]
    ) -> ColumnShape? {
        if let same = from.column(column.name) { return same }
        guard let old = renames[column.name], to.column(old) == nil else { return nil }
        return from.column(old)
    }

    private mutating func compare(_ old: ColumnShape, _ new: ColumnShape) {
        guard new.keepsValues(of: old) else {
            dropped.append(old)
            added.append(new)
            return
        }
        if old.name != new.name {
            renamed.append(Altered(from: old, to: new))
        } else if old != new {
            altered.append(Altered(from: old, to: new))
        }
    }

    /// An index goes with its columns, also when another column of the name comes.
    private mutating func compareIndexes() {
        let gone = Set(dropped.map(\.name))
        let kept = from.indexes.filter { index in
            to.indexes.contains(index) && gone.isDisjoint(with: index.columns)
        }
        droppedIndexes = from.indexes.filter { !kept.contains($0) }
        addedIndexes = to.indexes.filter { !kept.contains($0) }
    }

    var isEmpty: Bool {
        renamed.isEmpty && altered.isEmpty && added.isEmpty && dropped.isEmpty
            && droppedIndexes.isEmpty && addedIndexes.isEmpty && !changesSearch
    }
}

extension ColumnShape {
    /// Whether values may stay when the column becomes this one. Otherwise it is another column.
    func keepsValues(of old: ColumnShape) -> Bool {
        if old.reference?.table != reference?.table { return false }
        if old.type == type { return true }
        switch (old.type, type) {
        case (.text, .text), (.text, .choice), (.choice, .text), (.choice, .choice), (.date, .text),
            (.integer, .number):
            return true
        default: return false
        }
    }
}

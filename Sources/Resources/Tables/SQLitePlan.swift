import SQL

/// SQLite adds columns to a table; for everything else the table is built anew and its rows copied.
///
/// While foreign keys are on, dropping a table deletes its rows first, and with them, by cascade,
/// the rows that refer to them. So whatever refers to a table that is built anew is built anew with
/// it, and the old ones go children first: nothing refers to them by then.
struct SQLitePlan {
    private let diff: SchemaDiff
    private let mends: Bool
    private let writer = TableSQL(engine: .sqlite)
    /// Tables that are built anew, with the names that they have until the old ones are gone. No
    /// resource may have such a name.
    private let rebuilt: [(table: TableShape, name: SQLIdentifier)]
    private(set) var statements: [SQLFragment] = []

    init(_ diff: SchemaDiff, mends: Bool) {
        self.diff = diff
        self.mends = mends
        let names = Self.rebuiltNames(diff)
        rebuilt = diff.to.filter { names.contains($0.name) }.enumerated().map { index, table in
            (table, SQLIdentifier("rebuilt", number: index + 1))
        }
        plan()
    }

    /// The tables that SQLite cannot alter, and all that refer to them.
    private static func rebuiltNames(_ diff: SchemaDiff) -> Set<SQLIdentifier> {
        var names = Set(diff.changed.filter(\.needsRebuilding).map(\.to.name))
        var count = -1
        let kept = Set(diff.to.map(\.name))
        while count != names.count {
            count = names.count
            let children = diff.from.filter { !$0.targets.isDisjoint(with: names) }
            names.formUnion(children.map(\.name).filter(kept.contains))
        }
        return names
    }

    private func isRebuilt(_ table: SQLIdentifier) -> Bool {
        rebuilt.contains { $0.table.name == table }
    }

    // MARK: The plan

    private mutating func plan() {
        if !rebuilt.isEmpty || !diff.dropped.isEmpty {
            statements.append("PRAGMA defer_foreign_keys = ON")
        }
        dropSearches()
        dropIndexes()
        for table in diff.created {
            statements += [writer.create(table), writer.note(table.name)]
        }
        build()
        for table in SchemaDiff.childrenFirst(leaving) {
            statements.append(writer.drop(table.name))
        }
        statements += diff.dropped.map { writer.forget($0.name) }
        for (table, name) in rebuilt {
            statements.append("ALTER TABLE \(name) RENAME TO \(table.name)")
        }
        addColumns()
        createIndexes()
        createSearches()
    }

    /// The old tables that go: for good, or because a new one stands in for them.
    private var leaving: [TableShape] {
        diff.from.filter { table in
            isRebuilt(table.name) || diff.dropped.contains { $0.name == table.name }
        }
    }

    private mutating func dropSearches() {
        let leaving = Set(leaving.map(\.name))
        let changed = Set(diff.changed.filter(\.changesSearch).map(\.from.name))
        for table in diff.from where !table.search.isEmpty {
            guard leaving.contains(table.name) || changed.contains(table.name) else { continue }
            statements += SearchSQL(engine: .sqlite, table: table.name).drop()
        }
    }

    private mutating func dropIndexes() {
        for change in diff.changed where !isRebuilt(change.to.name) {
            statements += change.droppedIndexes.map { writer.drop($0) }
        }
    }

    private mutating func build() {
        let names = Dictionary(
            rebuilt.map { ($0.table.name, $0.name) }, uniquingKeysWith: { $1 })
        for (table, name) in rebuilt {
            statements.append(writer.create(table, as: name, renamed: names))
        }
        for (table, name) in rebuilt { statements.append(copy(table, into: name)) }
    }

    private func copy(_ table: TableShape, into name: SQLIdentifier) -> SQLFragment {
        let change = diff.changed.first { $0.to.name == table.name }
        let kept = (change?.renamed ?? []) + (change?.altered ?? [])
        let added = Set((change?.added ?? []).map(\.name))
        var pairs: [(to: SQLFragment, from: SQLFragment)] = [
            ("\(Resource.Column.rowID)", "\(Resource.Column.rowID)")
        ]
        for column in table.columns where !added.contains(column.name) {
            let altered = kept.first { $0.to.name == column.name }
            pairs.append(("\(column.name)", altered?.value(mends: mends) ?? "\(column.name)"))
        }
        return """
            INSERT INTO \(name) (\(pairs.map(\.to).joined(by: ", ")))
            SELECT \(pairs.map(\.from).joined(by: ", ")) FROM \(table.name)
            """
    }

    private mutating func addColumns() {
        for change in diff.changed where !isRebuilt(change.to.name) {
            let columns = ColumnSQL(engine: .sqlite, table: change.to.name)
            for column in change.added {
                statements.append(
                    "ALTER TABLE \(change.to.name) ADD COLUMN \(columns.definition(column))")
            }
        }
    }

    private mutating func createIndexes() {
        for table in diff.created + rebuilt.map(\.table) {
            statements += table.indexes.map { writer.create($0, on: table.name) }
        }
        for change in diff.changed where !isRebuilt(change.to.name) {
            statements += change.addedIndexes.map { writer.create($0, on: change.to.name) }
        }
    }

    private mutating func createSearches() {
        for table in diff.created {
            statements += SearchSQL(engine: .sqlite, table: table.name)
                .create(table.search, fills: false)
        }
        let changed = diff.changed.filter(\.changesSearch).map(\.to)
            .filter { !isRebuilt($0.name) }
        for table in rebuilt.map(\.table) + changed {
            statements += SearchSQL(engine: .sqlite, table: table.name)
                .create(table.search, fills: true)
        }
    }
}

extension TableChange {
    /// Whether SQLite has no ALTER TABLE for it.
    fileprivate var needsRebuilding: Bool {
        !renamed.isEmpty || !altered.isEmpty || !dropped.isEmpty
            || added.contains { !$0.isNullable && $0.defaultValue == nil }
            || added.contains { $0.reference != nil && $0.defaultValue != nil }
    }
}

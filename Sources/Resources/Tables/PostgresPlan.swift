import SQL

/// PostgreSQL alters everything in place.
struct PostgresPlan {
    private let mends: Bool
    private let writer = TableSQL(engine: .postgres)
    private(set) var statements: [SQLFragment] = []

    init(_ diff: SchemaDiff, mends: Bool) {
        self.mends = mends
        for table in diff.created {
            statements += [writer.create(table), writer.note(table.name)]
        }
        for change in diff.changed { alter(change) }
        for table in SchemaDiff.childrenFirst(diff.dropped) {
            statements += [writer.drop(table.name), writer.forget(table.name)]
        }
        for table in diff.created { finish(table, table.indexes, search: table.search) }
        for change in diff.changed {
            finish(
                change.to, change.addedIndexes, search: change.changesSearch ? change.to.search : []
            )
        }
    }

    private mutating func finish(
        _ table: TableShape, _ indexes: [IndexShape], search: [SQLIdentifier]
    ) {
        statements += indexes.map { writer.create($0, on: table.name) }
        statements += SearchSQL(engine: .postgres, table: table.name).create(search, fills: true)
    }

    private mutating func alter(_ change: TableChange) {
        let table = change.to.name
        if change.changesSearch, !change.from.search.isEmpty {
            statements += SearchSQL(engine: .postgres, table: table).drop()
        }
        statements += change.droppedIndexes.map { writer.drop($0) }
        for column in change.dropped {
            statements.append("ALTER TABLE \(table) DROP COLUMN \(column.name)")
        }
        for column in change.renamed { rename(column, table) }
        for column in change.renamed + change.altered { alter(column, table) }
        let columns = ColumnSQL(engine: .postgres, table: table)
        for column in change.added {
            statements.append("ALTER TABLE \(table) ADD COLUMN \(columns.definition(column))")
        }
    }

    /// Constraints go by the name of their column.
    private mutating func rename(_ column: TableChange.Altered, _ table: SQLIdentifier) {
        let (old, new) = (column.from, column.to.name)
        statements.append("ALTER TABLE \(table) RENAME COLUMN \(old.name) TO \(new)")
        let endings: [(Bool, StaticString)] = [
            (ColumnSQL(engine: .postgres, table: table).check(old) != nil, "check"),
            (old.reference != nil, "fkey"),
        ]
        for (isThere, ending) in endings where isThere {
            let names = [old.name, new].map { SQLIdentifier(joining: [table, $0], ending) }
            statements.append("ALTER TABLE \(table) RENAME CONSTRAINT \(names[0]) TO \(names[1])")
        }
    }

    /// What is in the way goes first, then the values fit, then the column is what it shall be.
    private mutating func alter(_ column: TableChange.Altered, _ table: SQLIdentifier) {
        let writer = ColumnSQL(engine: .postgres, table: table)
        var (old, new) = (column.from, column.to)
        // It has its new name by now.
        old.name = new.name
        let altered = TableChange.Altered(from: old, to: new)
        func change(_ sql: SQLFragment) { statements.append("ALTER TABLE \(table) \(sql)") }
        func changeColumn(_ sql: SQLFragment) { change("ALTER COLUMN \(new.name) \(sql)") }
        func constraint(_ ending: StaticString) -> SQLIdentifier {
            SQLIdentifier(joining: [table, new.name], ending)
        }
        if old.type != new.type, writer.check(old) != nil {
            change("DROP CONSTRAINT \(constraint("check"))")
        }
        if old.reference != new.reference, old.reference != nil {
            change("DROP CONSTRAINT \(constraint("fkey"))")
        }
        if old.defaultValue != new.defaultValue, old.defaultValue != nil {
            changeColumn("DROP DEFAULT")
        }
        if altered.changesValues(mends: mends) {
            statements.append("UPDATE \(table) SET \(new.name) = \(altered.value(mends: mends))")
        }
        if old.type != new.type { changeColumn("TYPE \(writer.type(new.type))") }
        if old.defaultValue != new.defaultValue, let value = new.defaultValue {
            changeColumn("SET DEFAULT \(value)")
        }
        if old.isNullable != new.isNullable {
            changeColumn(new.isNullable ? "DROP NOT NULL" : "SET NOT NULL")
        }
        if old.type != new.type, let check = writer.check(new) {
            change("ADD CONSTRAINT \(constraint("check")) \(check)")
        }
        if old.reference != new.reference, let reference = writer.reference(new) {
            change(
                "ADD CONSTRAINT \(constraint("fkey")) FOREIGN KEY (\(new.name)) \(reference)")
        }
    }
}

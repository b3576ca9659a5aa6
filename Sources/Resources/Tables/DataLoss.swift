import SQL

/// Data that a change would lose, or that stands in its way. Whether there is any, the database must
/// be asked.
package struct DataLoss: Sendable {
    package let table: SQLIdentifier
    /// What would be lost, as a sentence that the table begins: "price is dropped with its values".
    package let words: String
    /// One row with the number of rows concerned.
    package let count: SQLFragment
    /// Whether nothing that is known here would mend it.
    package let isFinal: Bool

    private init(
        _ table: SQLIdentifier, _ words: String, where condition: SQLFragment,
        isFinal: Bool = false
    ) {
        (self.table, self.words, self.isFinal) = (table, words, isFinal)
        count = "SELECT count(*) FROM \(table) WHERE \(condition)"
    }

    private init(final table: SQLIdentifier, _ words: String, count: SQLFragment) {
        (self.table, self.words, self.count, isFinal) = (table, words, count, true)
    }
}

extension SchemaDiff {
    /// What to ask the database before anything is changed.
    package var losses: [DataLoss] {
        dropped.map { .dropping($0.name) } + changed.flatMap { $0.losses }
    }
}

extension DataLoss {
    fileprivate static func dropping(_ table: SQLIdentifier) -> DataLoss {
        DataLoss(table, "is dropped with all that is in it", where: "TRUE")
    }

    fileprivate static func dropping(_ column: ColumnShape, of table: SQLIdentifier) -> DataLoss {
        DataLoss(
            table, "\(column.name.name) is dropped with its values",
            where: "\(column.name) IS NOT NULL")
    }

    fileprivate static func adding(_ column: ColumnShape, to table: SQLIdentifier) -> DataLoss? {
        if column.isNullable || column.defaultValue != nil { return nil }
        return DataLoss(
            table,
            "\(column.name.name) must not be null and has no default for rows that are there",
            where: "TRUE", isFinal: true)
    }

    fileprivate static func narrowing(
        _ column: TableChange.Altered, in table: SQLIdentifier
    ) -> DataLoss? {
        let (name, new) = (column.from.name, column.to)
        if column.from.type == new.type { return nil }
        switch new.type {
        case .text(let max?):
            return DataLoss(
                table, "\(name.name) is cut to \(max) characters",
                where: "length(\(name)) > \(SQLLiteral(max))")
        case .choice(let words):
            let isMended = new.isNullable || new.defaultValue != nil
            let end = isMended ? "they become the default, or null" : "there is no default"
            return DataLoss(
                table, "\(name.name) has words that are gone from its values: \(end)",
                where: "\(name) IS NOT NULL AND \(name) NOT IN (\(ColumnSQL.list(words)))",
                isFinal: !isMended)
        case .number:
            return DataLoss(
                table, "\(name.name) is rounded",
                where: "\(name) > 9007199254740992 OR \(name) < -9007199254740992")
        default: return nil
        }
    }

    fileprivate static func requiring(
        _ column: TableChange.Altered, in table: SQLIdentifier
    ) -> DataLoss? {
        guard column.from.isNullable, !column.to.isNullable, column.to.defaultValue == nil else {
            return nil
        }
        return DataLoss(
            table,
            "\(column.from.name.name) must not be null, and is: give it a default",
            where: "\(column.from.name) IS NULL", isFinal: true)
    }

    /// Which of two rows that are the same should go, nobody can know.
    fileprivate static func unique(_ index: IndexShape, of change: TableChange) -> DataLoss? {
        let names = Dictionary(
            (change.renamed + change.altered).map { ($0.to.name, $0.from.name) },
            uniquingKeysWith: { $1 })
        let old = index.columns.map { names[$0] ?? $0 }
        guard index.isUnique, old.allSatisfy({ change.from.column($0) != nil }) else { return nil }
        let columns = old.map { "\($0)" as SQLFragment }
        var conditions = columns.map { "\($0) IS NOT NULL" as SQLFragment }
        let deleted = Resource.Column.deletedAt
        if index.isOfLiving, change.from.column(deleted) != nil {
            conditions.append("\(deleted) IS NULL")
        }
        let table = change.from.name
        return DataLoss(
            final: table,
            "\(index.columns.last?.name ?? "") must be unique, and is not",
            count: """
                SELECT CAST(coalesce(sum(rows), 0) AS bigint) FROM (SELECT count(*) AS rows FROM \(table) \
                WHERE \(conditions.joined(by: " AND ")) \
                GROUP BY \(columns.joined(by: ", ")) HAVING count(*) > 1) AS doubled
                """)
    }
}

extension TableChange {
    fileprivate var losses: [DataLoss] {
        let table = from.name
        let columns = renamed + altered
        var losses = dropped.map { DataLoss.dropping($0, of: table) }
        losses += added.compactMap { .adding($0, to: table) }
        losses += columns.compactMap { .narrowing($0, in: table) }
        losses += columns.compactMap { .requiring($0, in: table) }
        losses += addedIndexes.compactMap { .unique($0, of: self) }
        return losses
    }
}

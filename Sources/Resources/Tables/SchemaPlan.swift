import SQL

/// The statements that turn the one schema into the other on one engine, in their order.
package struct SchemaPlan: Sendable {
    package let engine: Engine
    package private(set) var statements: [SQLFragment] = []

    /// `mends` says whether values that do not fit are cut or replaced. Otherwise they make it fail.
    package init(_ diff: SchemaDiff, for engine: Engine, mends: Bool) {
        self.engine = engine
        statements =
            switch engine {
            case .sqlite: SQLitePlan(diff, mends: mends).statements
            case .postgres: PostgresPlan(diff, mends: mends).statements
            }
    }

    /// The statements as a script, as a person reads it.
    package var script: String {
        statements.map { $0.text + ";\n" }.joined()
    }
}

extension TableChange.Altered {
    /// The old value as the new column takes it.
    func value(mends: Bool) -> SQLFragment {
        let value = mended(mends)
        guard from.isNullable, !to.isNullable, let standard = to.defaultValue else { return value }
        return "coalesce(\(value), \(standard))"
    }

    private func mended(_ mends: Bool) -> SQLFragment {
        if from.type == to.type { return "\(from.name)" }
        switch to.type {
        case .text(let max?) where mends: return "substr(\(from.name), 1, \(SQLLiteral(max)))"
        case .choice(let words) where mends:
            let standard: SQLFragment = to.defaultValue.map { "\($0)" } ?? "NULL"
            return """
                CASE WHEN \(from.name) IN (\(ColumnSQL.list(words))) THEN \(from.name) \
                ELSE \(standard) END
                """
        default: return "\(from.name)"
        }
    }

    /// Whether rows must be written before the column can be the new one.
    func changesValues(mends: Bool) -> Bool {
        let fills = from.isNullable && !to.isNullable && to.defaultValue != nil
        guard mends, from.type != to.type else { return fills }
        switch to.type {
        case .text(.some), .choice: return true
        default: return fills
        }
    }
}

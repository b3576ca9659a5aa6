import API
import Changes
import Coding
import SQL
import Values

/// Changes fields of a row. What is not given stays as it is.
struct UpdateRow {
    let rows: ResourceRows

    /// Returns the row as it is then. A change to what is there already is none.
    func callAsFunction(
        _ change: RowChange, if demand: VersionDemand, by asker: RowAsker
    ) async throws -> ResourceRow {
        let may = asker.changing(rows.resource, .update)
        return try await rows.transaction(foreignKey: .isCutOff) { [rows] transaction in
            let statements = rows.statements
            let problems = try await problems(change, may, asker, transaction)
            let before = try await transaction.first(
                statements.lock(change.id, may), .write, reading: statements.read)
            guard let before else {
                throw try await rows.refusal(change.id, may, for: asker, transaction)
            }
            guard problems.isEmpty else { throw InvalidInput(fields: problems) }
            guard demand.accepts(before) else { throw Failure.hasChanged }
            var row = before.changed(by: change)
            if row.values == before.values { return before }
            // No two states of a row have one version, however fast they come.
            row.updatedAt = max(asker.now, before.updatedAt + .microseconds(1))
            let after = try await transaction.first(
                statements.update(row, from: before.updatedAt, may), .write,
                reading: statements.read)
            guard let after else {
                throw try await rows.refusal(change.id, may, for: asker, transaction)
            }
            try await ChangeLog.append(
                .updated(before, to: after, of: rows.resource, at: asker.now), in: transaction)
            return after
        }
    }

    /// What is wrong with the references that are new, which are locked before the row is. Nothing
    /// where there is no row to change.
    private func problems(
        _ change: RowChange, _ may: RuleCondition, _ asker: RowAsker,
        _ transaction: any Transaction
    ) async throws -> [FieldError] {
        guard change.values.contains(where: { $0.value.id != nil }) else { return [] }
        let statements = rows.statements
        let row = try await transaction.first(
            statements.find(change.id, may), .point, reading: statements.read)
        guard let row else { return [] }
        return try await ReferenceCheck(rows: rows, asker: asker)
            .problems(in: row.changed(by: change).values, besides: row.values, transaction)
    }
}

extension ResourceRow {
    fileprivate func changed(by change: RowChange) -> ResourceRow {
        var row = self
        for (index, value) in change.values { row.values[index] = value }
        return row
    }
}

import API
import Changes
import SQL
import Values

/// Deletes a row with what goes with it. One that can be restored stays in its table.
struct DeleteRow {
    let rows: ResourceRows

    func callAsFunction(
        _ id: ID<ResourceRow>, if demand: VersionDemand, by asker: RowAsker
    ) async throws {
        let may = asker.changing(rows.resource, .delete)
        try await rows.transaction(foreignKey: .hasDependents) { [rows] transaction in
            let statements = rows.statements
            let row = try await transaction.first(
                statements.lock(id, may), .write, reading: statements.read)
            guard let row else { throw try await rows.refusal(id, may, for: asker, transaction) }
            guard demand.accepts(row) else { throw Failure.hasChanged }
            var removal = Removal(
                of: row, in: rows.resource, rows.all, at: asker.now, transaction)
            try await removal.find()
            try await removal.removeDependents()
            let removed = try await transaction.first(
                statements.remove(id, at: asker.now, may), .write,
                returning: Single<ID<ResourceRow>>.self)
            guard removed != nil else {
                throw try await rows.refusal(id, may, for: asker, transaction)
            }
            try await ChangeLog.append(
                .deleted(row, of: rows.resource, at: asker.now), in: transaction)
            try await removal.removeSiblings()
        }
    }
}

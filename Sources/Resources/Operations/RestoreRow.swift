import API
import Changes
import SQL
import Values

/// Brings back a row that was deleted, with what went with it.
struct RestoreRow {
    let rows: ResourceRows

    private var resource: Resource { rows.resource }

    /// A row that is there already is answered as it is: the same request twice does no harm. Whoever
    /// may not bring it back is told of no deleted row.
    func callAsFunction(_ id: ID<ResourceRow>, by asker: RowAsker) async throws -> ResourceRow {
        let may = asker.changing(resource, .delete)
        return try await rows.transaction(foreignKey: .isCutOff) { [rows, resource] transaction in
            let statements = rows.statements
            let found = try await transaction.first(
                statements.findAny(id, may), .point, reading: statements.read)
            guard let found else { throw try await rows.refusal(id, may, for: asker, transaction) }
            guard let moment = found.deletedAt else { return found }
            let revival = Revival(rows.all, from: moment, at: asker.now, transaction)
            guard try await !revival.rowsHeld([found], of: resource).isEmpty else {
                throw Failure.isCutOff
            }
            let row = try await transaction.first(
                statements.restore(id, from: moment, may), .write, reading: statements.read)
            guard let row else { return try await restored(id, may, asker, transaction) }
            try await ChangeLog.append(
                .restored(row, of: resource, at: asker.now), in: transaction)
            try await revival.bringBackDependents(of: row, in: resource)
            return row
        }
    }

    /// By somebody else meanwhile, unless the caller has lost the right to.
    private func restored(
        _ id: ID<ResourceRow>, _ may: RuleCondition, _ asker: RowAsker,
        _ transaction: any Transaction
    ) async throws -> ResourceRow {
        let statements = rows.statements
        let row = try await transaction.first(
            statements.find(id, may), .point, reading: statements.read)
        guard let row else { throw try await rows.refusal(id, may, for: asker, transaction) }
        return row
    }
}

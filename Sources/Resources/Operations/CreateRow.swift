import API
import Changes
import Coding
import Identity
import SQL
import Values

/// Makes a row, of the caller or of an organization that he is in.
struct CreateRow {
    let rows: ResourceRows

    private var resource: Resource { rows.resource }

    func callAsFunction(
        _ draft: RowDraft, by asker: RowAsker
    ) async throws -> ResourceRow {
        let organization = try await organization(draft.organizationID, asker)
        let condition = asker.rules.creating(resource, in: organization)
        if condition.isNever {
            throw try await refusal(in: organization, asker, rows.database)
        }
        let row = ResourceRow(
            id: ID(at: asker.now, from: rows.all.identity.randomness),
            userID: resource.owner == .none ? nil : asker.principal?.user?.id,
            organizationID: organization, values: draft.values, createdAt: asker.now,
            updatedAt: asker.now)
        let references = ReferenceCheck(rows: rows, asker: asker)
        return try await rows.transaction(foreignKey: .isCutOff) { [rows] transaction in
            let problems = try await references.problems(in: row.values, transaction)
            guard problems.isEmpty else { throw InvalidInput(fields: problems) }
            let statements = rows.statements
            let made = try await transaction.first(
                statements.insert(row, if: condition), .write, reading: statements.read)
            guard let made else {
                throw try await refusal(in: organization, asker, transaction)
            }
            try await ChangeLog.append(
                .created(made, of: rows.resource, at: asker.now), in: transaction)
            return made
        }
    }

    /// The one that is named, else the one that the session works in, else the key's own.
    private func organization(
        _ named: ID<Organization>?, _ asker: RowAsker
    ) async throws -> ID<Organization>? {
        guard resource.owner == .organization else { return nil }
        if let named { return named }
        if case .organization(let own) = asker.rules.holder { return own }
        if let session = asker.principal?.session,
            let active = try await rows.database.first(Membership.active, session.id)
        {
            return active.value
        }
        throw InvalidInput(fields: [
            FieldError(path: "organizationId", problem: .missing(expected: .id))
        ])
    }

    /// Of an organization that one is not in, nobody is told whether it exists.
    private func refusal(
        in organization: ID<Organization>?, _ asker: RowAsker, _ runner: any StatementRunner
    ) async throws -> any Error {
        guard let organization else { return Failure.forbidden }
        let isIn: Bool
        switch asker.rules.holder {
        case .nobody: isIn = false
        case .organization(let own): isIn = own == organization
        case .user(let user):
            isIn = try await runner.first(Membership.role, organization, user) != nil
        }
        if isIn { return Failure.forbidden }
        return InvalidInput(fields: [
            FieldError(path: "organizationId", problem: .rule("reference.missing"))
        ])
    }
}

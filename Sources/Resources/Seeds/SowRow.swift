import Changes
import Identity
import SQL
import Values

/// Makes a row of the seeds where there is none: checked, sealed and noted in the log of changes as the
/// API does it. Rules are not asked, since nobody calls.
package struct SowRow {
    private let all: Resources

    package init(_ all: Resources) {
        self.all = all
    }

    /// What became of a row.
    package enum Outcome: Hashable, Sendable {
        case made
        /// Also where somebody has deleted it since.
        case isThere
        /// What the field refers to was deleted.
        case lacks(field: String)
    }

    /// `user` is whose row it is, or who makes it for the organization.
    package func callAsFunction(
        _ seed: SeedRow, of user: ID<User>?, in organization: ID<Organization>?, at now: Instant
    ) async throws -> Outcome {
        let (all, statements) = (all, all.statements(of: seed.resource))
        let row = ResourceRow(
            id: seed.id, userID: user, organizationID: organization, values: seed.values,
            createdAt: now, updatedAt: now)
        return try await all.changes.transaction { transaction in
            let found = try await transaction.first(
                statements.findAny(row.id, .always), .write, reading: statements.read)
            if found != nil { return .isThere }
            if let field = try await Self.gone(seed, all, transaction) {
                return .lacks(field: field.declaration.name)
            }
            let made = try await transaction.first(
                statements.insert(row, if: .always), .write, reading: statements.read)
            guard let made else { return .isThere }
            try await ChangeLog.append(.created(made, of: seed.resource, at: now), in: transaction)
            return .made
        }
    }

    /// The first field whose row is not there any more; the others' are kept from going meanwhile.
    private static func gone(
        _ seed: SeedRow, _ all: Resources, _ transaction: any Transaction
    ) async throws -> Resource.Field? {
        for (field, value) in zip(seed.resource.fields, seed.values) {
            guard case .id(let id) = value, let target = all.target(of: field) else { continue }
            let found = try await transaction.first(
                all.statements(of: target).hold(id, .always), .write,
                returning: Single<ID<ResourceRow>>.self)
            if found == nil { return field }
        }
        return nil
    }
}

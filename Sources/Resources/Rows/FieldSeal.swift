import SQL
import Secrets
import Values

/// Seals the fields of rows that are personal data, and opens them.
///
/// A sealed value belongs to its place: table, column and row. Put elsewhere, it does not open.
package struct FieldSeal: Sendable {
    let sealer: Sealer

    package init(_ keyring: Keyring) {
        sealer = keyring.purpose("resource fields")
    }

    /// One parameter to be written to the column of a row.
    package func bind(
        _ value: FieldValue, _ field: Resource.Field, of id: ID<ResourceRow>, in resource: Resource
    ) -> SQLFragment {
        guard field.declaration.isPII, case .text(let text) = value else {
            return value.bind(field)
        }
        let context = Self.context(field.column, of: id, in: resource)
        return FieldValue.text(sealer.seal(Array(text.utf8), context: context)).bind(field)
    }

    /// What was sealed before the field got its present name opens under the one before.
    func open(
        _ sealed: String, _ field: Resource.Field, of id: ID<ResourceRow>, in resource: Resource
    ) throws(DatabaseError) -> String {
        var failure = SealError.malformed
        for column in [field.column] + (field.formerColumn.map { [$0] } ?? []) {
            let context = Self.context(column, of: id, in: resource)
            do throws(SealError) {
                return try sealer.openText(sealed, context: context).exposed
            } catch { failure = error }
        }
        throw DatabaseError(
            .decoding, "\(resource.table.name).\(field.column.name) does not open: \(failure)")
    }

    static func context(
        _ column: SQLIdentifier, of id: ID<ResourceRow>, in resource: Resource
    ) -> String {
        "\(resource.table.name).\(column.name).\(id)"
    }
}

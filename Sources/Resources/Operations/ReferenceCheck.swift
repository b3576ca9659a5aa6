import Coding
import SQL
import Values

/// Looks whether rows that a row refers to are there, and keeps them from being deleted meanwhile: no
/// row is left that refers to nothing.
///
/// What the caller may not read is not there for him: a reference tells nobody that a row exists.
struct ReferenceCheck {
    let rows: ResourceRows
    let asker: RowAsker

    /// In the order of the fields. Rows that are referred to are locked before those that refer, by
    /// whoever writes; otherwise two could wait for each other.
    ///
    /// `known` are values that the row has already.
    func problems(
        in values: [FieldValue], besides known: [FieldValue]? = nil, _ transaction: any Transaction
    ) async throws -> [FieldError] {
        var problems: [FieldError] = []
        for (index, field) in rows.resource.fields.enumerated() {
            guard let id = values[index].id, known?[index] != values[index],
                let target = rows.all.target(of: field)
            else { continue }
            let found = try await transaction.first(
                rows.all.statements(of: target).hold(id, asker.reading(target)), .write,
                returning: Single<ID<ResourceRow>>.self)
            if found == nil {
                problems.append(FieldError(path: field.name, problem: .rule("reference.missing")))
            }
        }
        return problems
    }
}

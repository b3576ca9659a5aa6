import Coding
import SQL
import Values

/// Looks whether rows that a row refers to are there, and keeps them from being deleted meanwhile: no
/// row is left that refers to nothing.
///
/// What the caller may not read is not there for him: a reference tells nobody that a row exists.
struct ReferenceCheck {
    let all: Resources
    let asker: RowAsker

    /// In the order of the fields. Rows that are referred to are locked before those that refer, by
    /// whoever writes; otherwise two could wait for each other.
    func problems(
        in given: [GivenValue], _ transaction: any Transaction
    ) async throws -> [FieldError] {
        var problems: [FieldError] = []
        for (field, value) in given {
            guard case .id(let id) = value, let target = all.target(of: field) else { continue }
            let found = try await transaction.first(
                all.statements(of: target).hold(id, asker.reading(target)), .write,
                returning: Single<ID<ResourceRow>>.self)
            if found == nil {
                problems.append(FieldError(path: field.name, problem: .rule("reference.missing")))
            }
        }
        return problems
    }
}

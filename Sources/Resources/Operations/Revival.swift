import Changes
import SQL
import Values

/// What comes back with a row that is restored: the rows that went with it, at the same moment.
///
/// A row whose other references are gone stays deleted: none is left that refers to nothing.
struct Revival {
    private let all: Resources
    private let transaction: any Transaction
    /// When they went.
    private let moment: Instant
    private let now: Instant

    init(
        _ all: Resources, from moment: Instant, at now: Instant, _ transaction: any Transaction
    ) {
        (self.all, self.moment, self.now, self.transaction) = (all, moment, now, transaction)
    }

    func bringBackDependents(of row: ResourceRow, in resource: Resource) async throws {
        var back: [String: [ID<ResourceRow>]] = [resource.name: [row.id]]
        // What is referred to comes before what refers to it.
        for child in all.catalog.resources where child.isSoft {
            var isNew = true
            while isNew {
                let found = try await candidates(child, from: back)
                let held = try await rowsHeld(found, of: child)
                let restored = try await bringBack(held, of: child)
                back[child.name, default: []] += restored
                // Rows of one resource may refer to one another.
                isNew = !restored.isEmpty && child.refersToItself
            }
        }
    }

    private func candidates(
        _ child: Resource, from back: [String: [ID<ResourceRow>]]
    ) async throws -> [ResourceRow] {
        var found: [ID<ResourceRow>: ResourceRow] = [:]
        for field in child.fields where field.declaration.reference?.onDelete == .cascade {
            guard let ids = field.declaration.reference.flatMap({ back[$0.resource] }) else {
                continue
            }
            let statements = all.statements(of: child)
            let rows = try await transaction.all(
                statements.findDeleted(
                    field, refersTo: IDList(ids), at: moment, limit: Removal.rowsMax), .scan,
                reading: statements.read)
            for row in rows { found[row.id] = row }
        }
        return found.values.sorted { $0.id < $1.id }
    }

    private func bringBack(
        _ rows: [ResourceRow], of resource: Resource
    ) async throws -> [ID<ResourceRow>] {
        if rows.isEmpty { return [] }
        let statements = all.statements(of: resource)
        let restored = try await transaction.all(
            statements.restore(IDList(rows.map(\.id)), from: moment), .write,
            reading: statements.read)
        try await ChangeLog.append(
            restored.map { .restored($0, of: resource, at: now) }, in: transaction)
        return restored.map(\.id)
    }

    /// Those whose references are all there, where they are kept until the transaction's end.
    func rowsHeld(_ rows: [ResourceRow], of resource: Resource) async throws -> [ResourceRow] {
        var rows = rows
        for (index, field) in resource.fields.enumerated() {
            guard let target = all.target(of: field), target.isSoft else { continue }
            let ids = Set(rows.compactMap { $0.values[index].id })
            if ids.isEmpty { continue }
            let there = Set(
                try await transaction.all(
                    all.statements(of: target).hold(IDList(ids.sorted())), .write,
                    returning: Single<ID<ResourceRow>>.self
                ).map(\.value))
            rows.removeAll { row in row.values[index].id.map { !there.contains($0) } ?? false }
        }
        return rows
    }
}

extension Resource {
    fileprivate var refersToItself: Bool {
        fields.contains { $0.declaration.reference?.resource == name }
    }
}

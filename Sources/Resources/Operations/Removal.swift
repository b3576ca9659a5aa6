import API
import Changes
import SQL
import Values

/// What goes with a row that is deleted: by `cascade` the rows that refer to it, and those that refer
/// to them.
///
/// All of it is found and locked from the top down before anything goes, because whoever makes a row
/// locks what it refers to first. Rows go from the bottom up. With a row that stays in its table,
/// those go that can come back with it; of others it is the end. Where a row leaves its table, so
/// does all that refers to it.
struct Removal {
    /// Rows that one deletion takes along: what fits into the time that a transaction has. Whoever has
    /// more deletes them first.
    static let rowsMax = 2000

    /// A row that goes, and whether for good.
    private struct Going {
        let row: ResourceRow
        let isForGood: Bool
    }

    private let all: Resources
    private let transaction: any Transaction
    private let now: Instant
    private let root: ResourceRow
    private let rootResource: Resource
    private let isForGood: Bool
    private var going: [String: [ID<ResourceRow>: Going]] = [:]
    private var count = 0

    /// `isForGood` where the row leaves its table although it could stay there.
    init(
        of root: ResourceRow, in resource: Resource, _ all: Resources, at now: Instant,
        isForGood: Bool = false, _ transaction: any Transaction
    ) {
        (self.all, self.transaction, self.now) = (all, transaction, now)
        (self.root, rootResource) = (root, resource)
        self.isForGood = isForGood || !resource.isSoft
        going[resource.name] = [root.id: Going(row: root, isForGood: self.isForGood)]
    }

    /// Throws `hasDependents` where a reference with `restrict` is in the way anywhere.
    mutating func find() async throws {
        try await descend(from: rootResource, [root.id], isForGood: isForGood)
        for resource in all.catalog.resources {
            for isForGood in [true, false] {
                try await checkHolders(of: resource, isForGood: isForGood)
            }
        }
    }

    // MARK: Finding

    private mutating func descend(
        from resource: Resource, _ ids: [ID<ResourceRow>], isForGood: Bool
    ) async throws {
        for (child, field) in all.catalog.references(to: resource.name)
        where field.declaration.reference?.onDelete == .cascade {
            let statements = all.statements(of: child)
            let rows = try await transaction.all(
                statements.lock(field, refersTo: IDList(ids), limit: Self.rowsMax + 1), .write,
                reading: statements.read)
            let goes = isForGood || !child.isSoft
            let new = rows.filter { row in
                guard let known = going[child.name]?[row.id] else { return true }
                return goes && !known.isForGood
            }
            if new.isEmpty { continue }
            for row in new {
                let old = going[child.name, default: [:]].updateValue(
                    Going(row: row, isForGood: goes), forKey: row.id)
                if old == nil { count += 1 }
            }
            guard count <= Self.rowsMax else { throw Failure.hasDependents }
            try await descend(from: child, new.map(\.id), isForGood: goes)
        }
    }

    /// Looks for rows that stay and refer to those that go.
    private func checkHolders(of resource: Resource, isForGood: Bool) async throws {
        let ids = going[resource.name, default: [:]].values
            .filter { $0.isForGood == isForGood }.map(\.row.id)
        guard !ids.isEmpty else { return }
        for (child, field) in all.catalog.references(to: resource.name)
        where field.declaration.reference?.onDelete == .restrict {
            let others = IDList((going[child.name] ?? [:]).keys)
            let holder = try await transaction.first(
                all.statements(of: child).findOne(
                    field, refersTo: IDList(ids), noneOf: others, isForGood: isForGood), .scan,
                returning: Single<ID<ResourceRow>>.self)
            if holder != nil { throw Failure.hasDependents }
        }
    }

    // MARK: Removing

    /// Takes away what was found of other resources, before the row itself goes.
    func removeDependents() async throws {
        for resource in all.catalog.resources.reversed() where resource.name != rootResource.name {
            try await remove(from: resource)
        }
    }

    /// The same of the row's own resource, afterwards: rows that refer to one another in a circle
    /// would take the row with them.
    func removeSiblings() async throws {
        try await remove(from: rootResource)
    }

    private func remove(from resource: Resource) async throws {
        let dependents = going[resource.name, default: [:]].values
            .filter { $0.row.id != root.id }.sorted { $0.row.id < $1.row.id }
        if dependents.isEmpty { return }
        let statements = all.statements(of: resource)
        let ending = dependents.filter(\.isForGood).map(\.row.id)
        let hidden = dependents.filter { !$0.isForGood }.map(\.row.id)
        if !ending.isEmpty { try await transaction.execute(statements.delete(IDList(ending))) }
        if !hidden.isEmpty {
            try await transaction.execute(statements.hide(IDList(hidden), at: now))
        }
        try await ChangeLog.append(
            dependents.map { .deleted($0.row, of: resource, at: now) }, in: transaction)
    }
}

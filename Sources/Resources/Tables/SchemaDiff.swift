import SQL

/// What must happen to the tables of resources, so that they become what is declared. Pure.
package struct SchemaDiff: Hashable, Sendable {
    package let from: [TableShape]
    package let to: [TableShape]
    package let created: [TableShape]
    package let changed: [TableChange]
    package let dropped: [TableShape]

    /// `renames` has, by table, the old names of columns by their new ones. In `to`, what is
    /// referred to comes first.
    package init(
        from: [TableShape], to: [TableShape],
        renames: [SQLIdentifier: [SQLIdentifier: SQLIdentifier]] = [:]
    ) {
        (self.from, self.to) = (from, to)
        let old = Dictionary(from.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        let names = Set(to.map(\.name))
        created = to.filter { old[$0.name] == nil }
        dropped = from.filter { !names.contains($0.name) }
        changed = to.compactMap { table in
            guard let before = old[table.name] else { return nil }
            let change = TableChange(from: before, to: table, renames: renames[table.name] ?? [:])
            return change.isEmpty ? nil : change
        }
    }

    package var isEmpty: Bool { created.isEmpty && changed.isEmpty && dropped.isEmpty }

    /// Tables that others refer to come after those that refer to them.
    static func childrenFirst(_ tables: [TableShape]) -> [TableShape] {
        var sorted: [TableShape] = []
        var waiting = tables
        while !waiting.isEmpty {
            let needed = waiting.reduce(into: Set<SQLIdentifier>()) { $0.formUnion($1.targets) }
            let ready = waiting.filter { !needed.contains($0.name) }
            // There are no circles among declared tables; what is found otherwise goes as it comes.
            if ready.isEmpty { return sorted + waiting }
            sorted += ready
            waiting.removeAll { !needed.contains($0.name) }
        }
        return sorted
    }
}

extension ResourceCatalog {
    /// The old names of columns by their new ones, by table.
    package var renames: [SQLIdentifier: [SQLIdentifier: SQLIdentifier]] {
        var renames: [SQLIdentifier: [SQLIdentifier: SQLIdentifier]] = [:]
        for resource in resources {
            for field in resource.fields {
                if let former = field.formerColumn {
                    renames[resource.table, default: [:]][field.column] = former
                }
            }
        }
        return renames
    }
}

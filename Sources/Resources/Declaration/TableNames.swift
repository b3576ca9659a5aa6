import SQL

/// Rules about the names of all resources together.
enum TableNames {
    static func mistakes(in declared: [ResourceCatalog.Declared]) -> [DeclarationMistake] {
        var names: Set<String> = []
        var tables: Set<String> = []
        var mistakes: [DeclarationMistake] = []
        for one in declared {
            let name = one.declaration.name
            let table = one.declaration.table ?? name
            if !names.insert(name).inserted {
                mistakes.append(one.mistake("name", "\(name) is declared twice"))
            } else if !tables.insert(table).inserted {
                mistakes.append(
                    one.mistake("table", "\(table) is the table of another resource, too"))
            }
        }
        return mistakes.isEmpty ? shapeMistakes(in: declared) : mistakes
    }

    /// `item` and `items` would both be an `Item` in the API's document.
    private static func shapeMistakes(
        in declared: [ResourceCatalog.Declared]
    ) -> [DeclarationMistake] {
        var owners: [String: String] = [:]
        return declared.compactMap { one in
            for shape in RowShapes.names(of: one.declaration) {
                guard let other = owners.updateValue(one.declaration.name, forKey: shape) else {
                    continue
                }
                return one.mistake(
                    "name",
                    "has the name \(shape) in the API's document, as \(other): choose another")
            }
            return nil
        }
    }

    /// Names of indexes are made of a table's and a column's: `a_b` and `c` give the same as `a` and
    /// `b_c`. To PostgreSQL an index is named as a table is.
    static func mistakes(
        in tables: [TableShape], of declared: [ResourceCatalog.Declared]
    ) -> [DeclarationMistake] {
        var names = Set(tables.map(\.name))
        return zip(tables, declared).compactMap { table, one in
            for name in Set(table.indexes.map(\.name)) where !names.insert(name).inserted {
                let problem = "would have an index of another's name, \(name.name): "
                return one.mistake("table", problem + "give another `table`")
            }
            return nil
        }
    }
}

/// What refers to what: tables are made in this order.
enum ReferenceOrder {
    /// Resources after those that they refer to. A resource may refer to itself.
    static func sorted(_ declared: [ResourceCatalog.Declared]) -> [ResourceCatalog.Declared] {
        var sorted: [ResourceCatalog.Declared] = []
        var done: Set<String> = []
        var waiting = declared
        while !waiting.isEmpty {
            let ready = waiting.filter { targets(of: $0).isSubset(of: done) }
            // Nothing is ready in a circle, which is a mistake.
            if ready.isEmpty { return sorted + waiting }
            sorted += ready
            done.formUnion(ready.map(\.declaration.name))
            waiting.removeAll { done.contains($0.declaration.name) }
        }
        return sorted
    }

    static func mistakes(in declared: [ResourceCatalog.Declared]) -> [DeclarationMistake] {
        var done: Set<String> = []
        for one in sorted(declared) {
            let missing = targets(of: one).subtracting(done)
            if !missing.isEmpty {
                let field = one.declaration.fields.first {
                    missing.contains($0.reference?.resource ?? "")
                }
                return [
                    one.mistake(
                        "fields.\(field?.name ?? "").resource",
                        "leads back to \(one.declaration.name): references may not run in a circle")
                ]
            }
            done.insert(one.declaration.name)
        }
        return []
    }

    private static func targets(of one: ResourceCatalog.Declared) -> Set<String> {
        let targets = one.declaration.fields.compactMap(\.reference?.resource)
        return Set(targets).subtracting([one.declaration.name])
    }
}

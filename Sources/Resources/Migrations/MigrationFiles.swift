import SQL

/// The migrations of declared resources, in their order.
package struct MigrationFiles: Hashable, Sendable {
    package let list: [MigrationFile]

    /// Lists what is wrong with all of them. `place` is what their names stand behind.
    package init(_ files: [DeclarationFile], in place: String) throws(DeclarationMistakes) {
        var mistakes: [DeclarationMistake] = []
        var list: [MigrationFile] = []
        for file in files.sorted(by: { $0.name < $1.name }) {
            do {
                list.append(try MigrationFile(fileName: file.name, bytes: file.bytes))
            } catch {
                let name = place + "/" + file.name
                mistakes.append(DeclarationMistake(file: name, path: "", error.problem))
            }
        }
        list.sort { $0.number < $1.number }
        for (first, second) in zip(list, list.dropFirst()) where first.number == second.number {
            mistakes.append(
                DeclarationMistake(
                    file: place + "/" + second.fileName, path: "",
                    "has the number of \(first.fileName): undo and delete the one that was not "
                        + "applied elsewhere, and apply again"))
        }
        guard mistakes.isEmpty else { throw DeclarationMistakes(list: mistakes) }
        self.list = list
    }

    package init(_ list: [MigrationFile] = []) {
        self.list = list
    }

    package var migrations: [Migration] { list.map(\.migration) }

    /// The tables that the last one leaves behind.
    package var tables: [TableShape] { list.last?.tables ?? [] }

    /// The tables that there are when these migrations have been applied, and no later one.
    package func tables(applied ids: Set<String>) -> [TableShape] {
        list.last { ids.contains($0.id) }?.tables ?? []
    }

    /// The migration that leads to what is declared; nil when the last one does. Without a name it is
    /// called after what it is about.
    package func next(to update: SchemaUpdate, name: String?, mends: Bool) -> MigrationFile? {
        let diff = update.diff(from: tables)
        guard !diff.isEmpty else { return nil }
        return MigrationFile(
            number: (list.last?.number ?? 0) + 1, name: name ?? diff.shortName, from: tables,
            to: update, mends: mends)
    }
}

extension SchemaDiff {
    /// The first tables that it is about.
    fileprivate var shortName: String {
        let names = names
        let rest = names.count > 3 ? ["and_more"] : []
        return String((names.prefix(3) + rest).joined(separator: "_").prefix(100))
    }
}

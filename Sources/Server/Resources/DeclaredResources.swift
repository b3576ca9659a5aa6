import Resources

/// The resources that an operator has declared, with their migrations.
struct DeclaredResources: Sendable {
    /// Nil where nothing is declared.
    let directory: ResourceDirectory?
    let catalog: ResourceCatalog
    let files: MigrationFiles

    var isDeclared: Bool { directory != nil }
    var update: SchemaUpdate { SchemaUpdate(catalog) }

    /// Whether the migrations lead to what is declared.
    var areFilesComplete: Bool { SchemaUpdate.areSame(files.tables, update.tables) }

    /// Throws `DeclarationMistakes` with all that is wrong in all files.
    init(_ settings: Settings) throws(DeclarationMistakes) {
        guard let path = settings.resources else {
            (directory, catalog, files) = (nil, .empty, MigrationFiles())
            return
        }
        let directory = ResourceDirectory(path: path)
        var mistakes: [DeclarationMistake] = []
        func reading<Value>(
            _ standIn: Value, _ body: () throws(DeclarationMistakes) -> Value
        ) -> Value {
            do { return try body() } catch {
                mistakes += error.list
                return standIn
            }
        }
        catalog = reading(.empty) { () throws(DeclarationMistakes) in
            try DeclarationReader.read(try directory.declarations())
        }
        files = reading(MigrationFiles()) { () throws(DeclarationMistakes) in
            try MigrationFiles(try directory.migrations(), in: ResourceDirectory.migrationsName)
        }
        self.directory = directory
        guard mistakes.isEmpty else { throw DeclarationMistakes(list: mistakes) }
    }

    /// What the directory wants to be there to begin with; nil where it has no word about it.
    func seeds(_ checks: SeedReader.Checks) throws(DeclarationMistakes) -> Seeds? {
        guard let files = try directory?.seeds(), !files.isEmpty else { return nil }
        return try SeedReader.read(
            files, in: ResourceDirectory.seedName, of: catalog, checks)
    }
}

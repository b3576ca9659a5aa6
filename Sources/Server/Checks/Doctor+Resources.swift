import Resources
import SQL

extension Doctor {
    /// A finding for each mistake in what is declared, seeds included.
    var mistakenResources: [Finding] {
        do {
            _ = try DeclaredResources(settings).seeds(SeedReader.Checks(settings.auth))
            return []
        } catch {
            return error.list.map { .failure("resources", $0.description) }
        }
    }

    /// Whether the tables are what is declared, once they have been made.
    func resources(_ database: any Database) async -> [Finding] {
        guard let resources = try? DeclaredResources(settings), resources.isDeclared else {
            return []
        }
        do {
            let program = try Blueprint.program(settings)
            let migrator = try Migrations(program, environment.clock).migrator()
            let isMissing = try await migrator.status(on: database).contains {
                $0.state == .pending
            }
            // The finding about migrations says so, and what to do.
            if isMissing { return [] }
            return [finding(try await resources.update.compare(with: database), resources)]
        } catch {
            return [.failure("resources", "\(error)")]
        }
    }

    private func finding(
        _ comparison: SchemaUpdate.Comparison, _ resources: DeclaredResources
    ) -> Finding {
        let count = resources.catalog.resources.count
        let names = comparison.diff.names.joined(separator: ", ")
        switch (comparison.diff.isEmpty, resources.areFilesComplete) {
        case (true, true): return .ok("resources", "\(count) declared, with their tables")
        case (true, false):
            return .warning(
                "resources",
                "the migrations do not lead to what is declared: `atrium resources apply` writes "
                    + "the next one")
        case (false, _) where settings.environment == .dev && comparison.losses.isEmpty:
            return .warning("resources", "\(names) will change at the next start")
        case (false, _):
            return .failure("resources", "\(names) differ: see `atrium resources diff`")
        }
    }
}

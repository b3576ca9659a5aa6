import Resources
import SQL

extension Migrations {
    /// Why migrations cannot run, for the operator. Which module is behind them is not known below.
    func refusal(_ error: MigrationError) -> StartFailure {
        StartFailure(advice(error) ?? error.description)
    }

    /// What to do where the database has tables of resources that this program was not told of.
    private func advice(_ error: MigrationError) -> String? {
        guard case .unknown(let id) = error, id.hasPrefix("\(MigrationFile.group)/") else {
            return nil
        }
        guard let directory = resources.directory else {
            return
                "The database has tables of declared resources (\(id)), and no directory of them is "
                + "named. Name the one that the server has: --resources DIR, or ATRIUM_RESOURCES."
        }
        return
            "The database has tables of declared resources that \(directory.path.text) does not know "
            + "(\(id)). Name the directory that the server has (--resources DIR, or "
            + "ATRIUM_RESOURCES), or bring this one up to date: the file is missing in its "
            + "\(ResourceDirectory.migrationsName)."
    }
}
